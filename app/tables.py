"""Every table of the product: importing this fills the metadata that migrations follow."""

from sqlmodel import SQLModel

import app.auth.models
import app.events.models
import app.lessons.models
import app.mail.models
import app.people.models
import app.topics.models
import app.transfer.models  # noqa: F401

metadata = SQLModel.metadata
