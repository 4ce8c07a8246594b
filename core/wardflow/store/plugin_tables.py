"""What the installation adopted of its plugins: an installation without plugins has no rows here."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, String, Table, Text

from wardflow.store.tables import metadata

plugin_switch = Table(
    "plugin_switch",
    metadata,
    Column("plugin", String(80), nullable=False),
    Column("unit_id", String(80), nullable=False),
    Column("is_on", Integer, nullable=False),
    PrimaryKeyConstraint("plugin", "unit_id"),
)

plugin_value = Table(
    "plugin_value",
    metadata,
    Column("key", String(120), nullable=False),
    Column("unit_id", String(80), nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
    Column("value", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", String(24), nullable=False),
    PrimaryKeyConstraint("key", "unit_id", "valid_from"),
)

plugin_table = Table(
    "plugin_table",
    metadata,
    Column("table_id", String(120), nullable=False),
    Column("unit_id", String(80), nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("valid_to", String(10)),
    Column("digest", String(64), nullable=False),
    Column("basis", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", String(24), nullable=False),
    PrimaryKeyConstraint("table_id", "unit_id", "valid_from"),
)

decision_file = Table(
    "decision_file",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("table_id", String(120), nullable=False),
    Column("model", LargeBinary, nullable=False),
)

plugin_entry = Table(
    "plugin_entry",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", String(24), nullable=False),
    Column("by", String(80), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("facts", Text, nullable=False),
    Column("hash", String(64), nullable=False),
)

rule_tally = Table(
    "rule_tally",
    metadata,
    Column("rule", String(120), nullable=False),
    Column("day", String(10), nullable=False),
    Column("said", String(20), nullable=False),
    Column("times", Integer, nullable=False),
    PrimaryKeyConstraint("rule", "day", "said"),
)
