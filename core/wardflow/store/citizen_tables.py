"""The tables of citizens at the public pages: what they were asked to pay."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, String, Table, UniqueConstraint

from wardflow.store.visitor_tables import metadata

__all__ = ["metadata", "payment_order"]

payment_order = Table(
    "payment_order",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("key", String(40), nullable=False),
    Column("task", String(20), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("provider", String(80), nullable=False),
    Column("status", String(10), nullable=False),
    Column("asked_at", String(24), nullable=False),
    Column("ended_at", String(24)),
    Column("reference", String(80), nullable=False),
    Column("paid", BigInteger),
    PrimaryKeyConstraint("case_id", "key"),
    UniqueConstraint("key"),
    UniqueConstraint("case_id", "task", "amount", "provider"),
)
