"""What premises are kept for: the offices of a commune are counted by it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One more word on an entry; entries made before say nothing of it."""
    op.add_column("asset_entry", sa.Column("kept_for", sa.String(length=20), nullable=False, server_default=""))
