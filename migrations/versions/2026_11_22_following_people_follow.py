"""People follow topics, teams and people."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_following'
down_revision = '2026_11_22_responses'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('follow',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('subject_kind', sa.Enum('topic', 'team', 'person', name='subjectkind', native_enum=False, length=20), nullable=False),
    sa.Column('subject_id', sa.String(length=16), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_follow_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'subject_kind', 'subject_id', name=op.f('pk_follow')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_subject_kind_subject_id'), ['subject_kind', 'subject_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_subject_kind_subject_id'))

    op.drop_table('follow')
