"""Why a digest could not be written."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_digest_trouble'
down_revision = '2026_11_22_digests'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('digest_sending', schema=None) as batch_op:
        batch_op.add_column(sa.Column('trouble', sa.String(length=200), nullable=False, server_default=''))
    with op.batch_alter_table('digest_sending', schema=None) as batch_op:
        batch_op.alter_column('trouble', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('digest_sending', schema=None) as batch_op:
        batch_op.drop_column('trouble')
