"""A lesson says of another that it happened again, or corrects it."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_relations'
down_revision = '2026_11_22_drafts'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lesson_relation',
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('other_id', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.Enum('recurrence', 'corrects', name='relationkind', native_enum=False, length=20), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_lesson_relation_lesson_id_lesson'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['lesson.id'], name=op.f('fk_lesson_relation_other_id_lesson'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('lesson_id', 'other_id', name=op.f('pk_lesson_relation')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('lesson_relation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lesson_relation_other_id'), ['other_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('lesson_relation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lesson_relation_other_id'))

    op.drop_table('lesson_relation')
