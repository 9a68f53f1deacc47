"""People are told of briefs."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_told_of_briefs'
down_revision = '2026_11_22_misses'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.add_column(sa.Column('brief_id', sa.String(length=16), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_notification_brief_id_brief'), 'brief', ['brief_id'], ['id'], ondelete='CASCADE')


def downgrade() -> None:
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_notification_brief_id_brief'), type_='foreignkey')
        batch_op.drop_column('brief_id')
