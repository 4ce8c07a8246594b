"""A step writes fewer pages: the settings of rules that cases began with are kept once by their content, and not in every case;
on SQLite the small rows about a case lie in the order of their key, so that each is written once and not beside an index of it."""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _keep_thresholds_once()
    if op.get_bind().dialect.name == 'sqlite':
        for table in ('alarm', 'notice'):
            with op.batch_alter_table(table, recreate='always', table_kwargs={'sqlite_with_rowid': False}):
                pass    # made anew, nothing else


def _keep_thresholds_once() -> None:
    kept = op.create_table('thresholds',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('settings', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_thresholds'))
    )
    connection = op.get_bind()
    texts = [row[0] for row in connection.execute(sa.text('SELECT DISTINCT thresholds FROM cases'))]
    digests = {text: sha256(text.encode()).hexdigest() for text in texts}
    if digests:
        connection.execute(kept.insert(), [{'digest': digest, 'settings': text} for text, digest in digests.items()])
    op.alter_column('cases', 'thresholds', new_column_name='thresholds_digest')
    for text, digest in digests.items():
        said = {'digest': digest, 'text': text}
        connection.execute(sa.text('UPDATE cases SET thresholds_digest = :digest WHERE thresholds_digest = :text'), said)
