"""Cases that go over to another version of their pack, and earlier versions of a pack that are put in force again.

A version of a pack is in force by the highest number in `in_force`: its own when it was published, a higher one when it came back.
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('migration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('pack_id', sa.String(length=80), nullable=False),
    sa.Column('target', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('mapping', sa.Text(), nullable=False),
    sa.Column('begun_at', sa.String(length=24), nullable=False),
    sa.Column('begun_by', sa.String(length=80), nullable=False),
    sa.Column('ended_at', sa.String(length=24), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_migration'))
    )
    with op.batch_alter_table('migration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_migration_pack_id'), ['pack_id'], unique=False)
    op.create_table('migrated',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('migration', sa.Integer(), nullable=False),
    sa.Column('result', sa.String(length=12), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('at', sa.String(length=24), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('before', sa.Text(), nullable=True),
    sa.Column('state', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('case_id', 'migration', name=op.f('pk_migrated'))
    )
    with op.batch_alter_table('migrated', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_migrated_migration_result_case_id'), ['migration', 'result', 'case_id'], unique=False)
    with op.batch_alter_table('pack', schema=None) as batch_op:
        batch_op.add_column(sa.Column('in_force', sa.Integer(), nullable=False, server_default='0'))
    op.execute("UPDATE pack SET in_force = version")
    with op.batch_alter_table('pack', schema=None) as batch_op:
        batch_op.alter_column('in_force', server_default=None)
