"""What an installation adopted of its plugins: switches, thresholds and decision tables of its own, and who changed them."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('plugin_switch',
    sa.Column('plugin', sa.String(length=80), nullable=False),
    sa.Column('unit_id', sa.String(length=80), nullable=False),
    sa.Column('is_on', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('plugin', 'unit_id', name=op.f('pk_plugin_switch'))
    )
    op.create_table('plugin_value',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('unit_id', sa.String(length=80), nullable=False),
    sa.Column('valid_from', sa.String(length=10), nullable=False),
    sa.Column('valid_to', sa.String(length=10), nullable=True),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.PrimaryKeyConstraint('key', 'unit_id', 'valid_from', name=op.f('pk_plugin_value'))
    )
    op.create_table('plugin_table',
    sa.Column('table_id', sa.String(length=120), nullable=False),
    sa.Column('unit_id', sa.String(length=80), nullable=False),
    sa.Column('valid_from', sa.String(length=10), nullable=False),
    sa.Column('valid_to', sa.String(length=10), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.PrimaryKeyConstraint('table_id', 'unit_id', 'valid_from', name=op.f('pk_plugin_table'))
    )
    op.create_table('decision_file',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('table_id', sa.String(length=120), nullable=False),
    sa.Column('model', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_decision_file'))
    )
    op.create_table('plugin_entry',
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('by', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_plugin_entry'))
    )
    op.create_table('rule_tally',
    sa.Column('rule', sa.String(length=120), nullable=False),
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('said', sa.String(length=20), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('rule', 'day', 'said', name=op.f('pk_rule_tally'))
    )
