"""The month on one page: kept, subscribed to, sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '2026_11_22_digests'
down_revision = '2026_11_22_by_mail'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('digest',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('period', sa.String(length=8), nullable=False),
    sa.Column('about', sa.Enum('organisation', 'team', 'topic', name='about', native_enum=False, length=20), nullable=False),
    sa.Column('subject_id', sa.String(length=16), nullable=False),
    sa.Column('edition', sa.Enum('everyone', 'members', 'managers', name='edition', native_enum=False, length=20), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('contents', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('compiled_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('compiled_by_id', sa.String(length=16), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['compiled_by_id'], ['person.id'], name=op.f('fk_digest_compiled_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digest')),
    sa.UniqueConstraint('period', 'about', 'subject_id', 'edition', 'revision', name=op.f('uq_digest_period_about_subject_id_edition_revision')),
    sqlite_with_rowid=False
    )
    op.create_table('digest_plan',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('working_day', sa.Integer(), nullable=False),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_by_id', sa.String(length=16), nullable=True),
    sa.ForeignKeyConstraint(['paused_by_id'], ['person.id'], name=op.f('fk_digest_plan_paused_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_digest_plan'))
    )
    op.create_table('digest_sending',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('period', sa.String(length=8), nullable=False),
    sa.Column('message_id', sa.String(length=16), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('queued_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('empty', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_digest_sending_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'period', name=op.f('pk_digest_sending')),
    sa.UniqueConstraint('message_id', name=op.f('uq_digest_sending_message_id')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('digest_sending', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_digest_sending_period_queued_at'), ['period', 'queued_at'], unique=False)
    op.create_table('digest_subscription',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('about', sa.Enum('organisation', 'team', 'topic', name='about', native_enum=False, length=20), nullable=False),
    sa.Column('subject_id', sa.String(length=16), nullable=False),
    sa.Column('cadence', sa.Enum('monthly', 'weekly', 'never', name='cadence', native_enum=False, length=20), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_digest_subscription_person_id_person')),
    sa.PrimaryKeyConstraint('person_id', 'about', 'subject_id', name=op.f('pk_digest_subscription')),
    sqlite_with_rowid=False
    )
    op.create_table('digest_list',
    sa.Column('digest_id', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('ids', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.ForeignKeyConstraint(['digest_id'], ['digest.id'], name=op.f('fk_digest_list_digest_id_digest'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('digest_id', 'name', name=op.f('pk_digest_list')),
    sqlite_with_rowid=False
    )


def downgrade() -> None:
    op.drop_table('digest_list')
    op.drop_table('digest_subscription')
    with op.batch_alter_table('digest_sending', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_digest_sending_period_queued_at'))
    op.drop_table('digest_sending')
    op.drop_table('digest_plan')
    op.drop_table('digest')
