"""What the pages show: plain values, made from rows, the pack and the clock; nothing here changes anything."""

from wardflow.cases.reads.alarms import alarms
from wardflow.cases.reads.applicants import Lookup, known_applicant, look_up
from wardflow.cases.reads.asking import Asked
from wardflow.cases.reads.book import Book, BookRow, book
from wardflow.cases.reads.book_paper import book_paper
from wardflow.cases.reads.bundles import bundle, bundle_paper, bundles, to_send
from wardflow.cases.reads.case import case
from wardflow.cases.reads.catalogue import catalogue, catalogue_entry, decider
from wardflow.cases.reads.counter import completed, counter, offers
from wardflow.cases.reads.counter_next import next_step
from wardflow.cases.reads.desk import choices, desk, home
from wardflow.cases.reads.digest import digest
from wardflow.cases.reads.earlier import Earlier, Own, earlier_data, own_data
from wardflow.cases.reads.incidents import causes, incident, incidents, jobs
from wardflow.cases.reads.joint import joint, joint_done
from wardflow.cases.reads.messages import messages, settled_messages
from wardflow.cases.reads.migrations import (
    MigrationView,
    PackVersions,
    RehearsalView,
    migration,
    pack_versions,
    rehearsal,
)
from wardflow.cases.reads.pack_forms import published_form
from wardflow.cases.reads.packs import published, published_diagram, published_pack
from wardflow.cases.reads.papers import open_document
from wardflow.cases.reads.payments import receipt
from wardflow.cases.reads.queue import line
from wardflow.cases.reads.register import capabilities, decides, known_procedures, overview, people_called
from wardflow.cases.reads.register import changes as register_changes
from wardflow.cases.reads.returns import returns
from wardflow.cases.reads.task import open_tasks, step_of, task
from wardflow.cases.reads.telling import telling
from wardflow.cases.reads.together import together
from wardflow.cases.reads.track import track
from wardflow.cases.reads.why_not import why_not

__all__ = [
    "Asked",
    "Book",
    "BookRow",
    "Earlier",
    "Lookup",
    "MigrationView",
    "Own",
    "PackVersions",
    "RehearsalView",
    "alarms",
    "book",
    "book_paper",
    "bundle",
    "bundle_paper",
    "bundles",
    "capabilities",
    "case",
    "catalogue",
    "catalogue_entry",
    "causes",
    "choices",
    "completed",
    "counter",
    "decider",
    "decides",
    "desk",
    "digest",
    "earlier_data",
    "home",
    "incident",
    "incidents",
    "jobs",
    "joint",
    "joint_done",
    "known_applicant",
    "known_procedures",
    "line",
    "look_up",
    "messages",
    "migration",
    "next_step",
    "offers",
    "open_document",
    "open_tasks",
    "overview",
    "own_data",
    "pack_versions",
    "people_called",
    "published",
    "published_diagram",
    "published_form",
    "published_pack",
    "receipt",
    "register_changes",
    "rehearsal",
    "returns",
    "settled_messages",
    "step_of",
    "task",
    "telling",
    "to_send",
    "together",
    "track",
    "why_not",
]
