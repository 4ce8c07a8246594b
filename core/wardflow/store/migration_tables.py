"""The tables of cases that go over to another version of their pack: the plans, and what became of each case.

They belong to `tables.metadata`; `neighbour_tables.py` is imported through them wherever all tables are needed.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, String, Table, Text

from wardflow.store.matter_tables import metadata

__all__ = ["metadata", "migrated", "migration"]

migration = Table(
    "migration",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pack_id", String(80), nullable=False),
    Column("target", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("mapping", Text, nullable=False),
    Column("begun_at", String(24), nullable=False),
    Column("begun_by", String(80), nullable=False),
    Column("ended_at", String(24)),
    Index(None, "pack_id"),
)

migrated = Table(
    "migrated",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("migration", Integer, nullable=False),
    Column("result", String(12), nullable=False),
    Column("reasons", Text, nullable=False),
    Column("at", String(24), nullable=False),
    Column("version", Integer, nullable=False),
    Column("before", Text),
    Column("state", LargeBinary),
    PrimaryKeyConstraint("case_id", "migration"),
    Index(None, "migration", "result", "case_id"),
)
