"""Searches are saved, and lessons asked for."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_searches'
down_revision = '2026_11_22_notifications'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('saved_search',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=4000), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_search_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_search')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('saved_search', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_search_person_id'), ['person_id'], unique=False)

    op.create_table('want',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('wanted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lesson_id', sa.String(length=16), nullable=True),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_want_lesson_id_lesson'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_want_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_want')),
    sa.UniqueConstraint('key', 'person_id', name=op.f('uq_want_key_person_id')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('want', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_want_lesson_id'), ['lesson_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_want_person_id'), ['person_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('want', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_want_person_id'))
        batch_op.drop_index(batch_op.f('ix_want_lesson_id'))

    op.drop_table('want')
    with op.batch_alter_table('saved_search', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_search_person_id'))

    op.drop_table('saved_search')
