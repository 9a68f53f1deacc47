"""People are told of what concerns them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '2026_11_22_notifications'
down_revision = '2026_11_22_following'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('notification',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.Enum('followed', 'question', 'answer', 'thanks', 'recurrence', 'correction', 'wanted', name='notificationkind', native_enum=False, length=20), nullable=False),
    sa.Column('event_id', sa.String(length=16), nullable=False),
    sa.Column('lesson_id', sa.String(length=16), nullable=True),
    sa.Column('actor_id', sa.String(length=16), nullable=True),
    sa.Column('facts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['person.id'], name=op.f('fk_notification_actor_id_person')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_notification_lesson_id_lesson'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notification_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification')),
    sa.UniqueConstraint('event_id', 'person_id', name=op.f('uq_notification_event_id_person_id')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notification_person_id_read_at_at'), ['person_id', 'read_at', 'at'], unique=False)

    op.create_table('unwanted',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.Enum('followed', 'question', 'answer', 'thanks', 'recurrence', 'correction', 'wanted', name='notificationkind', native_enum=False, length=20), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_unwanted_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'kind', name=op.f('pk_unwanted')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('unwanted')
    with op.batch_alter_table('notification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_notification_person_id_read_at_at'))

    op.drop_table('notification')
