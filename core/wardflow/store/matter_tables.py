"""The tables of what a case is about: from whom it is kept, and where and of what kind its matter is."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, PrimaryKeyConstraint, String, Table

from wardflow.store.neighbour_tables import metadata

__all__ = ["kept_from", "metadata", "spot"]

kept_from = Table(
    "kept_from",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("who", String(80), nullable=False),
    PrimaryKeyConstraint("case_id", "who"),
    Index(None, "who"),
)

spot = Table(
    "spot",
    metadata,
    Column("case_id", Integer, primary_key=True, autoincrement=False),
    Column("procedure", String(80), nullable=False),
    Column("area", String(80), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("persons", Integer, nullable=False),
    Column("loud", Boolean, nullable=False),
    Column("at", String(24), nullable=False),
    Index(None, "area", "at"),
)
