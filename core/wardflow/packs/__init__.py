"""Process packs: read, checked, rehearsed, published."""

from wardflow.packs.beginning import begin_pack
from wardflow.packs.comparing import Difference, compare
from wardflow.packs.coverage import Coverage, Share
from wardflow.packs.early_warning import EarlyWarning
from wardflow.packs.extension import Extension
from wardflow.packs.linting import lint
from wardflow.packs.pack import MessageKind, Named, NoticeKind, Pack, Slip
from wardflow.packs.payment import Payment, paid_value
from wardflow.packs.procedure import Component, Online, Procedure
from wardflow.packs.reading import read
from wardflow.packs.rehearsal import Failure, Rehearsal, Report, rehearse, rehearse_pack
from wardflow.packs.scenario import Scenario, read_scenario
from wardflow.packs.steps import PROVES, SHARE, listed, said_of
from wardflow.packs.time_rules import due_day, extension_of, time_rules

__all__ = [
    "PROVES",
    "SHARE",
    "Component",
    "Coverage",
    "Difference",
    "EarlyWarning",
    "Extension",
    "Failure",
    "MessageKind",
    "Named",
    "NoticeKind",
    "Online",
    "Pack",
    "Payment",
    "Procedure",
    "Rehearsal",
    "Report",
    "Scenario",
    "Share",
    "Slip",
    "begin_pack",
    "compare",
    "due_day",
    "extension_of",
    "lint",
    "listed",
    "paid_value",
    "read",
    "read_scenario",
    "rehearse",
    "rehearse_pack",
    "said_of",
    "time_rules",
]
