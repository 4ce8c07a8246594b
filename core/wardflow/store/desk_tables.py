"""The tables of the desk: words by which cases are found, notes, watches, kept filters, tasks handed over."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from wardflow.store.citizen_tables import metadata

__all__ = ["case_word", "delegation", "kept_filter", "metadata", "note", "watch"]

case_word = Table(
    "case_word",
    metadata,
    Column("case_id", Integer, nullable=False, autoincrement=False),
    Column("unit", String(80), nullable=False),
    Column("word", String(160).with_variant(String(160, collation="C"), "postgresql"), nullable=False),
    PrimaryKeyConstraint("unit", "word", "case_id"),
    Index(None, "case_id"),
    sqlite_with_rowid=False,
)

note = Table(
    "note",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", String(24), nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", Text, nullable=False),
    PrimaryKeyConstraint("case_id", "seq"),
)

watch = Table(
    "watch",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("person", String(80), nullable=False),
    PrimaryKeyConstraint("case_id", "person"),
    Index(None, "person"),
)

kept_filter = Table(
    "kept_filter",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("person", String(80), nullable=False),
    Column("unit", String(80), nullable=False),
    Column("name", String(80), nullable=False),
    Column("query", Text, nullable=False),
    UniqueConstraint("person", "name"),
    Index(None, "unit"),
)

delegation = Table(
    "delegation",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("task", String(20), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("holder", String(80), nullable=False),
    PrimaryKeyConstraint("case_id", "task"),
    Index(None, "owner"),
)
