"""The tables of who visits: codes that prove an address, ended sessions, names at another provider, security keys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, PrimaryKeyConstraint, String, Table, Text, UniqueConstraint

from wardflow.store.matter_tables import metadata

__all__ = ["address_code", "identity", "metadata", "recovery_code", "security_key", "signed_out"]

address_code = Table(
    "address_code",
    metadata,
    Column("address", String(64), primary_key=True),
    Column("code", String(64), nullable=False),
    Column("sent_at", String(24), nullable=False),
    Column("since", String(24), nullable=False),
    Column("sent", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
)

signed_out = Table("signed_out", metadata, Column("person_id", String(80), primary_key=True), Column("at", String(24), nullable=False))

identity = Table(
    "identity", metadata,
    Column("issuer", String(200), nullable=False),
    Column("subject", String(255), nullable=False),
    Column("person_id", String(80), nullable=False),
    PrimaryKeyConstraint("issuer", "subject"), UniqueConstraint("issuer", "person_id"),
)

security_key = Table(
    "security_key", metadata,
    Column("id", String(1400), primary_key=True),
    Column("person_id", String(80), nullable=False),
    Column("name", String(80), nullable=False),
    Column("public_key", Text, nullable=False),
    Column("uses", BigInteger, nullable=False),
    Column("made_at", String(24), nullable=False),
    Column("used_at", String(24)),
    Index(None, "person_id"),
)

recovery_code = Table(
    "recovery_code", metadata,
    Column("person_id", String(80), nullable=False),
    Column("code", String(64), nullable=False),
    PrimaryKeyConstraint("person_id", "code"),
)
