"""By which rules the legal clock of a procedure runs."""

from __future__ import annotations

from wardflow.domain.legal_clock import ClockRules
from wardflow.packs.extension import Extension
from wardflow.packs.pack import Pack
from wardflow.packs.procedure import Procedure


def extension_of(pack: Pack, procedure: Procedure | None) -> Extension | None:
    """How the time limit may be extended: as the procedure says, else as its pack says; None where it may not."""
    own = procedure.extension if procedure else None
    return own or pack.extension


def time_rules(pack: Pack, procedure: Procedure | None) -> ClockRules:
    """The cut-off of the procedure, how it treats the last hour, and who may extend."""
    extension = extension_of(pack, procedure)
    return ClockRules(
        cutoff=procedure.cutoff if procedure else None,
        last_hour=procedure.last_hour if procedure else False,
        extension=extension.rules if extension else None,
    )
