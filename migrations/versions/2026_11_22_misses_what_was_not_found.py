"""What was not found is noted, and shown to those who may know."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_misses'
down_revision = '2026_11_22_actions'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('miss',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('source', sa.Enum('search', 'brief', name='missedby', native_enum=False, length=20), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_miss_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_miss')),
    sqlite_with_rowid=False
    )

    with op.batch_alter_table('miss', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_miss_key_at'), ['key', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_miss_person_id_at'), ['person_id', 'at'], unique=False)

    op.create_table('routed',
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_routed_person_id_person')),
    sa.PrimaryKeyConstraint('key', 'person_id', name=op.f('pk_routed')),
    sqlite_with_rowid=False
    )

    with op.batch_alter_table('routed', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_routed_person_id_at'), ['person_id', 'at'], unique=False)

    op.create_table('unlisted',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_unlisted_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_unlisted')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('unlisted')

    with op.batch_alter_table('routed', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_routed_person_id_at'))

    op.drop_table('routed')

    with op.batch_alter_table('miss', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_miss_person_id_at'))
        batch_op.drop_index(batch_op.f('ix_miss_key_at'))

    op.drop_table('miss')
