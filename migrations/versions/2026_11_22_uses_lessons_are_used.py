"""Lessons are used, fail again, are confirmed; what came of them is summed up."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '2026_11_22_uses'
down_revision = '2026_11_22_briefs'
branch_labels = None
depends_on = None


_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'


def upgrade() -> None:
    op.create_table('lesson_use',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('team_id', sa.String(length=16), nullable=True),
    sa.Column('own_team', sa.Boolean(), nullable=False),
    sa.Column('brief_id', sa.String(length=16), nullable=True),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('manner', sa.Enum('applied', 'adapted', 'rejected', name='manner', native_enum=False, length=20), nullable=False),
    sa.Column('result', sa.Enum('better', 'same', 'worse', 'unknown', name='result', native_enum=False, length=20), nullable=False),
    sa.Column('work', sa.String(length=300), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('used_on', sa.Date(), nullable=False),
    sa.Column('measure', sa.String(length=120), nullable=False),
    sa.Column('unit', sa.String(length=40), nullable=False),
    sa.Column('before', sa.Float(), nullable=True),
    sa.Column('after', sa.Float(), nullable=True),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['brief_id'], ['brief.id'], name=op.f('fk_lesson_use_brief_id_brief'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_lesson_use_by_id_person')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_lesson_use_lesson_id_lesson'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_lesson_use_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_use')),
    sa.UniqueConstraint('brief_id', 'lesson_id', name=op.f('uq_lesson_use_brief_id_lesson_id')),
    sqlite_with_rowid=False
    )

    with op.batch_alter_table('lesson_use', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_lesson_use_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_lesson_use_lesson_id_used_on'), ['lesson_id', 'used_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_lesson_use_reported_at'), ['reported_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_lesson_use_team_id_used_on'), ['team_id', 'used_on'], unique=False)

    op.create_table('recurrence',
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('newer_id', sa.String(length=16), nullable=True),
    sa.Column('team_id', sa.String(length=16), nullable=True),
    sa.Column('by_id', sa.String(length=16), nullable=True),
    sa.Column('happened_on', sa.Date(), nullable=True),
    sa.Column('cost', sa.String(length=300), nullable=False),
    sa.Column('broke', sa.Enum('not_searched', 'not_found', 'not_used', 'used_and_failed', name='broke', native_enum=False, length=20), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('reported_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_recurrence_by_id_person')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_recurrence_lesson_id_lesson'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['newer_id'], ['lesson.id'], name=op.f('fk_recurrence_newer_id_lesson'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_recurrence_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recurrence')),
    sa.UniqueConstraint('lesson_id', 'newer_id', name=op.f('uq_recurrence_lesson_id_newer_id')),
    sqlite_with_rowid=False
    )

    with op.batch_alter_table('recurrence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recurrence_lesson_id_reported_at'), ['lesson_id', 'reported_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_recurrence_newer_id'), ['newer_id'], unique=False)

    op.create_table('confirmation',
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_confirmation_lesson_id_lesson'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_confirmation_person_id_person')),
    sa.PrimaryKeyConstraint('lesson_id', 'person_id', name=op.f('pk_confirmation')),
    sqlite_with_rowid=False
    )

    with op.batch_alter_table('confirmation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_confirmation_person_id'), ['person_id'], unique=False)

    op.create_table('lesson_standing',
    sa.Column('lesson_id', sa.String(length=16), nullable=False),
    sa.Column('effect', sa.Integer(), nullable=False),
    sa.Column('uses', sa.Integer(), nullable=False),
    sa.Column('reach', sa.Integer(), nullable=False),
    sa.Column('better', sa.Integer(), nullable=False),
    sa.Column('same', sa.Integer(), nullable=False),
    sa.Column('worse', sa.Integer(), nullable=False),
    sa.Column('recurrences', sa.Integer(), nullable=False),
    sa.Column('failed', sa.Integer(), nullable=False),
    sa.Column('used_on', sa.Date(), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('last_again_on', sa.Date(), nullable=True),
    sa.Column('rewrite_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_lesson_standing_lesson_id_lesson'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('lesson_id', name=op.f('pk_lesson_standing')),
    sqlite_with_rowid=False
    )

    _carry_over()


def _carry_over() -> None:
    """What lessons said already of older ones, that it happened again, are recurrences."""
    connection = op.get_bind()
    day = sa.DateTime(timezone=True)
    lesson = sa.table(
        'lesson', sa.column('id'), sa.column('team_id'), sa.column('author_id'),
        sa.column('occurred_on', sa.Date()), sa.column('posted_at', day),
    )
    relation = sa.table(
        'lesson_relation', sa.column('lesson_id'), sa.column('other_id'), sa.column('kind')
    )
    recurrence = sa.table(
        'recurrence', sa.column('id'), sa.column('lesson_id'), sa.column('newer_id'),
        sa.column('team_id'), sa.column('by_id'), sa.column('happened_on', sa.Date()),
        sa.column('cost'), sa.column('note'), sa.column('reported_at', day),
    )
    said = sa.select(relation.c.other_id, lesson).join_from(
        relation, lesson, lesson.c.id == relation.c.lesson_id
    ).where(relation.c.kind == 'recurrence')
    for row in connection.execute(said).all():
        at = row.posted_at if row.author_id else row.posted_at.replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        connection.execute(recurrence.insert().values(
            id=''.join(secrets.choice(_ALPHABET) for _ in range(16)), lesson_id=row.other_id,
            newer_id=row.id, team_id=row.team_id, by_id=row.author_id,
            happened_on=row.occurred_on, cost='', note='', reported_at=at,
        ))


def downgrade() -> None:
    op.drop_table('lesson_standing')

    with op.batch_alter_table('confirmation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_confirmation_person_id'))

    op.drop_table('confirmation')

    with op.batch_alter_table('recurrence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recurrence_newer_id'))
        batch_op.drop_index(batch_op.f('ix_recurrence_lesson_id_reported_at'))

    op.drop_table('recurrence')

    with op.batch_alter_table('lesson_use', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lesson_use_team_id_used_on'))
        batch_op.drop_index(batch_op.f('ix_lesson_use_reported_at'))
        batch_op.drop_index(batch_op.f('ix_lesson_use_lesson_id_used_on'))
        batch_op.drop_index(batch_op.f('ix_lesson_use_by_id'))

    op.drop_table('lesson_use')
