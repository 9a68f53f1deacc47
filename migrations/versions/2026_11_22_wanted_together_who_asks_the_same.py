"""Who asks the same in other words, or in another order, wants one lesson."""

import sqlalchemy as sa
from alembic import op

from app.searches.keys import want_key

revision = '2026_11_22_wanted_together'
down_revision = '2026_11_22_told_of_briefs'
branch_labels = None
depends_on = None

_WANT = sa.table('want', *(sa.column(name) for name in ('id', 'key', 'words', 'person_id', 'wanted_at', 'lesson_id')))


def upgrade() -> None:
    with op.batch_alter_table('miss', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shown', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('lesson_id', sa.String(length=16), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_miss_lesson_id_lesson'), 'lesson', ['lesson_id'], ['id'], ondelete='SET NULL')
        batch_op.create_index(batch_op.f('ix_miss_lesson_id'), ['lesson_id'], unique=False)
    with op.batch_alter_table('miss', schema=None) as batch_op:
        batch_op.alter_column('shown', server_default=None)
    _bring_together(op.get_bind())
    # What was asked for stood in the record of acts as well, and stayed when it was withdrawn.
    op.execute("UPDATE event SET facts = '{}' WHERE kind = 'want.made'")


def _bring_together(bind: sa.Connection) -> None:
    """Every want under the key of today. Of two that one person made for the same the older stays,
    with the answer that either has."""
    c = _WANT.c
    kept: dict[tuple[str, str], str] = {}
    for want in bind.execute(sa.select(_WANT).order_by(c.wanted_at, c.id)).all():
        key = want_key(want.words) or want.key
        older = kept.setdefault((key, want.person_id), want.id)
        if older == want.id:
            continue
        bind.execute(sa.delete(_WANT).where(c.id == want.id))
        if want.lesson_id:
            unanswered = sa.and_(c.id == older, c.lesson_id.is_(None))
            bind.execute(sa.update(_WANT).where(unanswered).values(lesson_id=want.lesson_id))
    # A new key may be another want's old one, for a moment.
    bind.execute(sa.update(_WANT).values(key=c.id))
    for (key, _), want_id in kept.items():
        bind.execute(sa.update(_WANT).where(c.id == want_id).values(key=key))


def downgrade() -> None:
    with op.batch_alter_table('miss', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_miss_lesson_id'))
        batch_op.drop_constraint(batch_op.f('fk_miss_lesson_id_lesson'), type_='foreignkey')
        batch_op.drop_column('lesson_id')
        batch_op.drop_column('shown')
