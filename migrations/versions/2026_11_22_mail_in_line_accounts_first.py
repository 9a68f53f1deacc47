"""Mails of accounts are found in line, however many digests stand before them."""

from alembic import op

revision = '2026_11_22_mail_in_line'
down_revision = '2026_11_22_assigned'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outgoing_message_purpose_due_at'), ['purpose', 'due_at'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('outgoing_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outgoing_message_purpose_due_at'))
