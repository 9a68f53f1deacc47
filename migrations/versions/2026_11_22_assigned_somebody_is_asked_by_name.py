"""Somebody is asked by name to write down what is wanted."""

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_assigned'
down_revision = '2026_11_22_digest_trouble'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('assigned',
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('want_id', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_assigned_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_assigned_person_id_person')),
    sa.PrimaryKeyConstraint('key', 'person_id', name=op.f('pk_assigned')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('assigned')
