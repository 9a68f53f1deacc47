"""Messages that wait to leave."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from app.kit.db import Table
from app.kit.ids import ID_LENGTH, random_id


class OutgoingMessage(Table, table=True):
    """One mail, whole. The row goes when the mail server has taken it; one that it refuses for
    good stays, with the reason, for administrators to see."""

    __tablename__ = "outgoing_message"

    id: str = Field(default_factory=random_id, primary_key=True, max_length=ID_LENGTH)
    to: str = Field(max_length=254)
    subject: str = Field(max_length=300)
    text: str = Field(sa_type=sa.Text)
    html: str = Field(sa_type=sa.Text)
    due_at: datetime | None = Field(default=None, index=True)
    attempts: int = 0
    refused_because: str = Field(default="", max_length=500)
    created_at: datetime
