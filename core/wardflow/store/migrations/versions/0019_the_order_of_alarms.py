"""The index of alarms has the whole order of the sweep: a hundred thousand due at one moment are not sorted anew each time."""

from alembic import op

revision = '0019'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_alarm_fire_at', table_name='alarm')
    op.create_index('ix_alarm_order', 'alarm', ['fire_at', 'case_id', 'alarm'], unique=False)
