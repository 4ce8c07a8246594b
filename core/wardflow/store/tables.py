"""Every table of the platform.

Instants are ISO text in UTC with milliseconds (they sort as they read, alike on SQLite and PostgreSQL); JSON is text.
Every table about a case leads with `case_id`. On SQLite the smallest rows lie in the order of their key (no rowid): a step then writes
the row alone and not a page of an index beside it; larger ones would spill, or part their full pages too often.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _instant(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(24), nullable=nullable)


def _json(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _part(name: str, *columns: str, where: str) -> Index:
    """An index over some of the rows: a query is served by it only when it says `where` in the same words."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


TO_SOMEBODY = "substr(person, 1, 10) <> 'applicant:'"
"""Which notices stand in somebody's list: whoever has no account has none, and is told through the case."""

# The register: who is who, who holds what, edited in acts that raise its revision.

unit = Table(
    "unit",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("level", String(40), nullable=False),
    Column("parent", String(80)),
    Column("number", Integer, nullable=False),
    _json("facts", nullable=True),
)

person = Table(
    "person",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded_name", Text, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("person_id", String(80), nullable=False),
    Column("password_hash", Text, nullable=False),
)

holding = Table(
    "holding",
    metadata,
    Column("person_id", String(80), nullable=False),
    Column("role", String(60), nullable=False),
    Column("unit_id", String(80), nullable=False),
    PrimaryKeyConstraint("person_id", "role", "unit_id"),
)

authority = Table(
    "authority",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("procedure", String(80), nullable=False),
    Column("level", String(40), nullable=False),
    Column("unit_id", String(80)),
    Column("instrument", Text, nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
)

absence = Table(
    "absence",
    metadata,
    Column("person_id", String(80), nullable=False),
    Column("first", String(10), nullable=False),
    Column("last", String(10), nullable=False),
    Column("substitute", String(80)),
    PrimaryKeyConstraint("person_id", "first"),
)

calendar_day = Table(
    "calendar_day",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    _json("hours", nullable=True),
)

calendar_layer = Table(
    "calendar_layer",
    metadata,
    Column("kind", String(8), nullable=False),
    Column("name", String(160), nullable=False),
    Column("day", String(10), nullable=False),
    _json("value", nullable=True),
    PrimaryKeyConstraint("kind", "name", "day"),
)

revision = Table(
    "revision",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
)

# Packs: published versions by content, pinned to the cases that started with them.

pack = Table(
    "pack",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("pack_id", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    _instant("published_at"),
    Column("published_by", String(80), nullable=False),
    Column("files", LargeBinary, nullable=False),
    Column("in_force", Integer, nullable=False),
    UniqueConstraint("pack_id", "version"),
)

# A case and what hangs on it.

applicant = Table(
    "applicant",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", String(80)),
    Column("full_name", Text, nullable=False),
    Column("folded_name", Text, nullable=False),
    Column("id_number", String(20), nullable=False),
    _json("facts"),
    Column("phone", String(20), nullable=False, server_default=""),
    Index(None, "id_number"),
    Index(None, "folded_name"),
    _part("ix_applicant_phone", "phone", where="phone <> ''"),
    _part("ix_applicant_person", "person_id", where="person_id IS NOT NULL"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(40), nullable=False),
    Column("tracking", String(48), nullable=False),
    Column("opening_key", String(64)),
    Column("authority", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(12), nullable=False),
    Column("pack", String(64), nullable=False),
    Column("process", String(80), nullable=False),
    Column("procedure", String(80), nullable=False),
    Column("procedure_digest", String(64), nullable=False),
    Column("business_state", String(60), nullable=False),
    Column("outcome", String(60), nullable=False),
    Column("applicant_id", Integer, nullable=False),
    Column("applicant_person", String(80), nullable=False),
    Column("applicant_label", Text, nullable=False),
    _json("places"),
    _json("competence"),
    _instant("opened_at"),
    _instant("ended_at", nullable=True),
    _instant("stopped_at", nullable=True),
    Column("time_limit", String(20), nullable=False),
    Column("thresholds_digest", Text, nullable=False),
    _json("clock"),
    _json("doers"),
    _instant("due_original", nullable=True),
    _instant("due", nullable=True),
    Column("paused", Boolean, nullable=False),
    Column("audit_seq", Integer, nullable=False),
    Column("audit_hash", String(64), nullable=False),
    Column("state", LargeBinary, nullable=False),
    UniqueConstraint("code"),
    UniqueConstraint("tracking"),
    UniqueConstraint("opening_key"),
    Index(None, "applicant_person"),
    Index(None, "authority", "status"),
    _part("ix_cases_falling", "authority", "due", where="status = 'open' AND stopped_at IS NULL AND due IS NOT NULL"),
)

procedure = Table(
    "procedure",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("code", String(80), nullable=False),
    _json("record"),
)

thresholds = Table(
    "thresholds",
    metadata,
    Column("digest", String(64), primary_key=True),
    _json("settings"),
)

task = Table(
    "task",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("task", String(20), nullable=False),
    Column("node", String(120), nullable=False),
    Column("status", String(12), nullable=False),
    Column("role", String(60), nullable=False),
    Column("unit", String(80), nullable=False),
    Column("person", String(80)),
    Column("title", Text, nullable=False),
    Column("title_en", Text, nullable=False),
    _instant("opened_at"),
    _instant("due", nullable=True),
    _instant("closed_at", nullable=True),
    Column("closed_by", String(80)),
    _json("excluded"),
    _json("reasons"),
    _json("clears"),
    _json("draft", nullable=True),
    PrimaryKeyConstraint("case_id", "task"),
    # each in the order its list is read in, so that a page is read and no more
    # the open tasks of a unit are those that nobody holds and those that somebody does: each is written into one index
    _part("ix_task_free", "unit", "role", "due", "case_id", "task", where="status = 'open' AND person IS NULL"),
    _part("ix_task_held", "unit", "role", "due", "case_id", "task", where="status = 'open' AND person IS NOT NULL"),
    _part("ix_task_person", "person", "due", "case_id", "task", where="status = 'open' AND person IS NOT NULL"),
    _part("ix_task_done", "closed_by", "closed_at", "case_id", "task", where="status = 'done'"),
)

entry = Table(
    "entry",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    _instant("at"),
    Column("by", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("node", String(120), nullable=False),
    _json("facts"),
    _json("value", nullable=True),
    _json("passed"),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
)

alarm = Table(
    "alarm",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("alarm", String(20), nullable=False),
    Column("node", String(120), nullable=False),
    _instant("fire_at"),
    PrimaryKeyConstraint("case_id", "alarm"),
    Index("ix_alarm_order", "fire_at", "case_id", "alarm"),
    sqlite_with_rowid=False,
)

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, nullable=False),
    Column("key", String(80), nullable=False),
    Column("name", String(80), nullable=False),
    _json("payload"),
    Column("state", String(12), nullable=False),
    Column("tries", Integer, nullable=False),
    _instant("run_at"),
    _instant("lease_until", nullable=True),
    Column("error", Text),
    Column("rank", Integer, nullable=False, server_default="0"),
    Column("hold", String(16)),
    UniqueConstraint("key"),
    Index(None, "state", "run_at"),
    Index("ix_job_line", "state", "rank", "run_at", "id"),
)

document = Table(
    "document",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("document", String(40), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("number", String(60), nullable=False),
    Column("node", String(120), nullable=False),
    _instant("at"),
    Column("by", String(80), nullable=False),
    Column("media_type", String(80), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64)),
    _json("facts"),
    PrimaryKeyConstraint("case_id", "document"),
)

notice = Table(
    "notice",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("notice", String(60), nullable=False),
    Column("person", String(80)),
    Column("role", String(60), nullable=False),
    Column("unit", String(80), nullable=False),
    _instant("at"),
    _json("facts"),
    Column("address", Text),
    _instant("sent_at", nullable=True),
    PrimaryKeyConstraint("case_id", "seq"),
    _part("ix_notice_unsent", "at", where="sent_at IS NULL AND address IS NOT NULL"),
    _part("ix_notice_person", "person", "at", where=TO_SOMEBODY),
    _part("ix_notice_queue", "unit", "role", "at", where="unit <> ''"),
    sqlite_with_rowid=False,
)

sealed = Table(
    "sealed",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("reference", String(200), nullable=False),
    Column("role", String(60), nullable=False),
    Column("cipher", LargeBinary, nullable=False),
    PrimaryKeyConstraint("case_id", "reference"),
)

incident = Table(
    "incident",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("code", String(60), nullable=False),
    Column("node", String(120), nullable=False),
    _json("facts"),
    _instant("at"),
    _instant("closed_at", nullable=True),
    PrimaryKeyConstraint("case_id", "seq", "place"),
    Index(None, "closed_at"),
)

archived = Table(
    "archived",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("tracking", String(48), nullable=False),
    Column("procedure", String(80), nullable=False),
    _instant("ended_at"),
    _instant("archived_at"),
    Column("file", Text, nullable=False),
    Column("audit_seq", Integer, nullable=False),
    Column("audit_hash", String(64), nullable=False),
    _json("numbers"),
    UniqueConstraint("tracking"),
)

intake = Table(
    "intake",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("person_id", String(80), nullable=False),
    _instant("saved_at"),
    _json("value"),
    Index(None, "person_id"),
)

numbering = Table(
    "numbering",
    metadata,
    Column("series", String(120), primary_key=True),
    Column("last", Integer, nullable=False),
)
