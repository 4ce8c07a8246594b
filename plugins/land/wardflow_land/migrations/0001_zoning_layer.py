"""The zoning layer: what the plan wants the plots of a map sheet to be."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "land_zone",
        sa.Column("feature", sa.String(length=80), nullable=False),
        sa.Column("commune", sa.String(length=80), nullable=False),
        sa.Column("map_sheet", sa.String(length=10), nullable=False),
        sa.Column("first_plot", sa.Integer(), nullable=False),
        sa.Column("last_plot", sa.Integer(), nullable=False),
        sa.Column("uses", sa.String(length=200), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("commune", "feature", name="pk_land_zone"),
    )
    op.create_index("ix_land_zone_sheet", "land_zone", ["commune", "map_sheet"])
