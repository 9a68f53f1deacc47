"""Readers ask, answer and thank."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_responses'
down_revision = '2026_11_22_attachments'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('question',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_question_by_id_person')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_question_lesson_id_lesson'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_lesson_id_asked_at'), ['lesson_id', 'asked_at'], unique=False)

    op.create_table('answer',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('question_id', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=True),
    sa.Column('from_author', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_answer_by_id_person')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_answer_question_id_question'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_question_id_answered_at'), ['question_id', 'answered_at'], unique=False)

    op.create_table('thanks',
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_thanks_lesson_id_lesson'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_thanks_person_id_person')),
    sa.PrimaryKeyConstraint('lesson_id', 'person_id', name=op.f('pk_thanks')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('thanks')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_answer_question_id_answered_at'))

    op.drop_table('answer')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_lesson_id_asked_at'))

    op.drop_table('question')
