"""The tables by which cases, workers of other systems and other systems meet: accounts, work handed out, messages, listeners.

They belong to `tables.metadata`; `tables.py` is imported through them wherever all tables are needed.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from wardflow.store.tables import metadata

__all__ = [
    "case_reference", "external_task", "joint_paper", "linked_case", "message", "message_log", "metadata", "service_account", "subscription",
]

service_account = Table(
    "service_account",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("unit", String(80), nullable=False),
    Column("grants", Text, nullable=False),
    Column("created_at", String(24), nullable=False),
    Column("expires_at", String(24)),
    UniqueConstraint("token_hash"),
)

case_reference = Table(
    "case_reference",
    metadata,
    Column("case_id", Integer, primary_key=True, autoincrement=False),
    Column("reference", String(200), nullable=False),
    Index(None, "reference"),
)

linked_case = Table(
    "linked_case",
    metadata,
    Column("case_id", Integer, primary_key=True, autoincrement=False),
    Column("parent_id", Integer, nullable=False),
    Index(None, "parent_id"),
)

joint_paper = Table(
    "joint_paper",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("document", String(80), nullable=False),
    Column("joint", String(80), nullable=False),
    PrimaryKeyConstraint("case_id", "document"),
    Index(None, "joint"),
)

external_task = Table(
    "external_task",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("task", String(20), nullable=False),
    Column("topic", String(120), nullable=False),
    Column("node", String(120), nullable=False),
    Column("inputs", Text, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("created_at", String(24), nullable=False),
    Column("free_at", String(24), nullable=False),
    Column("worker", String(200)),
    Column("account", String(60)),
    Column("retries", Integer),
    Column("error", Text),
    Column("details", Text),
    PrimaryKeyConstraint("case_id", "task"),
    Index(None, "topic", "free_at"),
)

subscription = Table(
    "subscription",
    metadata,
    Column("case_id", Integer, nullable=False),
    Column("listener", String(160), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("name", String(120), nullable=False),
    Column("keys_hash", String(64), nullable=False),
    Column("node", String(120), nullable=False),
    Column("since", String(24), nullable=False),
    Column("fresh", Boolean, nullable=False),
    PrimaryKeyConstraint("case_id", "listener"),
    Index(None, "kind", "name", "keys_hash"),
    Index(None, "fresh", "since"),
)

message = Table(
    "message",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("name", String(120), nullable=False),
    Column("keys", Text, nullable=False),
    Column("keys_hash", String(64), nullable=False),
    Column("width", Integer, nullable=False),
    Column("value", Text),
    Column("target", Integer),
    Column("source", Integer),
    Column("sender", String(80), nullable=False),
    Column("at", String(24), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("state", String(10), nullable=False),
    Column("case_id", Integer),
    Column("sent_once", String(64)),
    Column("told", String(10), nullable=False),
    UniqueConstraint("sent_once"),
    Index(None, "state", "at"),
    Index("ix_message_waiting", "name", "state", "keys_hash"),
)

message_log = Table(
    "message_log",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("message", String(64), nullable=False),
    Column("name", String(120), nullable=False),
    Column("act", String(20), nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", String(24), nullable=False),
    Column("reason", Text, nullable=False),
)
