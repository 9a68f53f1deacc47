"""A mail says what it is for, and what was sent is known."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '2026_11_22_mail'
down_revision = '2026_11_22_time_zones'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sent_message',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('purpose', sa.Enum('account', 'digest', 'notices', 'test', name='purpose', native_enum=False, length=20), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=True),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sent_message_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sent_message')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('sent_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sent_message_person_id_sent_at'), ['person_id', 'sent_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sent_message_sent_at'), ['sent_at'], unique=False)
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.Enum('account', 'digest', 'notices', 'test', name='purpose', native_enum=False, length=20), nullable=False, server_default='account'))
        batch_op.add_column(sa.Column('person_id', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('headers', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('pictures', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False, server_default='[]'))
        batch_op.create_foreign_key(batch_op.f('fk_outgoing_message_person_id_person'), 'person', ['person_id'], ['id'])
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        for name in ('purpose', 'headers', 'pictures'):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_outgoing_message_person_id_person'), type_='foreignkey')
        batch_op.drop_column('pictures')
        batch_op.drop_column('headers')
        batch_op.drop_column('person_id')
        batch_op.drop_column('purpose')
    with op.batch_alter_table('sent_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sent_message_sent_at'))
        batch_op.drop_index(batch_op.f('ix_sent_message_person_id_sent_at'))
    op.drop_table('sent_message')
