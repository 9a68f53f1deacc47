"""Every table of the product: importing this fills the metadata that migrations follow."""

from sqlmodel import SQLModel

import app.actions.models
import app.auth.models
import app.briefs.models
import app.digests.models
import app.drafts.models
import app.events.models
import app.experts.models
import app.files.models
import app.following.models
import app.lessons.models
import app.mail.models
import app.notifications.models
import app.people.models
import app.responses.models
import app.searches.models
import app.topics.models
import app.transfer.models
import app.uses.models  # noqa: F401

metadata = SQLModel.metadata
