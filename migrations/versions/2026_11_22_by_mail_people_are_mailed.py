"""People are mailed what they are told of, as they wish."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_by_mail'
down_revision = '2026_11_22_mail'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('mail_wish',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.Enum('followed', 'question', 'answer', 'thanks', 'recurrence', 'correction', 'wanted', 'used', 'rewrite', 'help', 'follow_up', 'match', 'may_know', 'action', 'mention', name='notificationkind', native_enum=False, length=20), nullable=False),
    sa.Column('by_mail', sa.Enum('at_once', 'daily', 'never', name='bymail', native_enum=False, length=20), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mail_wish_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'kind', name=op.f('pk_mail_wish')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_notification_mailed_at_at'), ['mailed_at', 'at'], unique=False)
    # What somebody was told of before is not mailed now, all at once.
    op.execute('UPDATE notification SET mailed_at = at')


def downgrade() -> None:
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notification_mailed_at_at'))
        batch_op.drop_column('mailed_at')
    op.drop_table('mail_wish')
