"""A lesson asks for a change."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_actions'
down_revision = '2026_11_22_uses'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('action',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.Enum('fix_process', 'fix_tool', 'train', 'simplify', 'other', name='actionkind', native_enum=False, length=20), nullable=False),
    sa.Column('what', sa.String(length=300), nullable=False),
    sa.Column('owner_id', sa.String(length=16), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.String(length=16), nullable=True),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_action_by_id_person')),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_action_done_by_id_person')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_action_lesson_id_lesson'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_action_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action')),
    sqlite_with_rowid=False
    )

    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_lesson_id'), ['lesson_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_owner_id_done_at_due_on'), ['owner_id', 'done_at', 'due_on'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('action', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_owner_id_done_at_due_on'))
        batch_op.drop_index(batch_op.f('ix_action_lesson_id'))

    op.drop_table('action')
