"""The tables of a counter: how each case came in, numbers of those who wait, bundles of papers on their way between points."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from wardflow.store.desk_tables import metadata

__all__ = ["bundle", "bundled_case", "case_channel", "metadata", "queue_number"]

case_channel = Table(
    "case_channel",
    metadata,
    Column("case_id", Integer, primary_key=True, autoincrement=False),
    Column("channel", String(12), nullable=False),
    Column("entered_at", String(24)),
    Column("facts", Text, nullable=False),
)

queue_number = Table(
    "queue_number",
    metadata,
    Column("unit", String(80), nullable=False),
    Column("day", String(10), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("taken_at", String(24), nullable=False),
    Column("called_at", String(24)),
    Column("ended_at", String(24)),
    Column("place", String(20), nullable=False),
    Column("called_by", String(80)),
    PrimaryKeyConstraint("unit", "day", "number"),
)

bundle = Table(
    "bundle",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("from_unit", String(80), nullable=False),
    Column("to_unit", String(80), nullable=False),
    Column("sent_at", String(24), nullable=False),
    Column("sent_by", String(80), nullable=False),
    Column("arrived_at", String(24)),
    Column("arrived_by", String(80)),
    Column("facts", Text, nullable=False),
    Index(None, "from_unit", "sent_at"),
    Index(None, "to_unit", "sent_at"),
)

bundled_case = Table(
    "bundled_case",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("bundle", String(40), nullable=False),
    Column("place", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    PrimaryKeyConstraint("case_id", "bundle"),
    Index(None, "bundle"),
)
