"""A person may say in which time zone their day begins."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_time_zones'
down_revision = '2026_11_22_wanted_together'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('time_zone', sa.String(length=64), nullable=False, server_default=''))
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.alter_column('time_zone', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('time_zone')
