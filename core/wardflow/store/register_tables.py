"""The tables of the authority register: instruments, capabilities, fallbacks, interests, and the log of its changes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from wardflow.store.neighbour_tables import metadata
from wardflow.store.tables import _instant, _json

__all__ = ["metadata"]

instrument = Table(
    "instrument",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("signed_on", String(10), nullable=False),
    Column("form", Integer, nullable=False),
    Column("delegator", String(80), nullable=False),
    Column("level", String(40), nullable=False),
    Column("conditions", Text, nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
    Column("withdrawn_from", String(10)),
    Column("withdrawn_by", Text, nullable=False),
    Column("generated", Boolean, nullable=False),
)

instrument_delegate = Table(
    "instrument_delegate",
    metadata,
    Column("instrument_id", Integer, nullable=False),
    Column("unit_id", String(80), nullable=False),
    PrimaryKeyConstraint("instrument_id", "unit_id"),
)

instrument_item = Table(
    "instrument_item",
    metadata,
    Column("instrument_id", Integer, nullable=False),
    Column("procedure", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    PrimaryKeyConstraint("instrument_id", "procedure"),
)

capability = Table(
    "capability",
    metadata,
    Column("person_id", String(80), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("certificate", String(120), nullable=False),
    Column("valid_from", String(10)),
    Column("valid_to", String(10)),
    PrimaryKeyConstraint("person_id", "kind", "certificate"),
)

fallback = Table(
    "fallback",
    metadata,
    Column("needs", String(60), nullable=False),
    Column("unit_id", String(80), nullable=False),
    Column("role", String(60), nullable=False),
    PrimaryKeyConstraint("needs", "unit_id"),
)

interest = Table(
    "interest",
    metadata,
    Column("person_id", String(80), nullable=False),
    Column("applicant", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("valid_from", String(10)),
    Column("valid_to", String(10)),
    PrimaryKeyConstraint("person_id", "applicant", "kind"),
)

register_entry = Table(
    "register_entry",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _instant("at"),
    Column("by", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    _json("facts"),
    _json("reach"),
    Column("hash", String(64), nullable=False),
    Column("moved", Integer, nullable=False),
    Column("looks", Integer, nullable=False),
    _instant("done_at", nullable=True),
    Index(None, "done_at"),
)
