"""Work that is about to start has a brief."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '2026_11_22_briefs'
down_revision = '2026_11_22_searches'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('brief',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('work', sa.Text(), nullable=False),
    sa.Column('team_id', sa.String(length=16), nullable=True),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('unwritten', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('watched', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminders', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_brief_by_id_person')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_brief_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_brief')),
    sqlite_with_rowid=False
    )

    with op.batch_alter_table('brief', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_brief_by_id_made_at'), ['by_id', 'made_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_brief_ends_on'), ['ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_brief_team_id_made_at'), ['team_id', 'made_at'], unique=False)

    op.create_table('brief_lesson',
    sa.Column('brief_id', sa.String(length=16), nullable=False),
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('came', sa.Enum('first', 'more', 'watch', name='came', native_enum=False, length=20), nullable=False),
    sa.Column('why', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('disposition', sa.Enum('will_apply', 'already_do', 'does_not_apply', 'need_help', name='disposition', native_enum=False, length=20), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.String(length=16), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('fk_brief_lesson_brief_id_brief'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_brief_lesson_decided_by_id_person')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_brief_lesson_lesson_id_lesson'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('brief_id', 'lesson_id', name=op.f('pk_brief_lesson')),
    sqlite_with_rowid=False
    )

    with op.batch_alter_table('brief_lesson', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_brief_lesson_lesson_id'), ['lesson_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('brief_lesson', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_brief_lesson_lesson_id'))

    op.drop_table('brief_lesson')

    with op.batch_alter_table('brief', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_brief_team_id_made_at'))
        batch_op.drop_index(batch_op.f('ix_brief_ends_on'))
        batch_op.drop_index(batch_op.f('ix_brief_by_id_made_at'))

    op.drop_table('brief')
