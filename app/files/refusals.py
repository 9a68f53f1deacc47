"""Why a file cannot be attached, each in a sentence that says what can be done."""

from app.files.kinds import CAN_BE_ATTACHED
from app.kit.errors import Invalid, NotFound, Problem, Unavailable


class NotAttachable(Problem):
    """The content is of no kind that can be attached, whatever the name says."""

    status = 415
    code = "not_attachable"
    message = f"This kind of file cannot be attached. {CAN_BE_ATTACHED}"


class AttachmentRefused(Invalid):
    """A kind that can be attached, but not this one: damaged, locked, a bomb, with macros."""

    code = "attachment_refused"
    message = (
        "This file could not be read whole: it is damaged, or too intricate. Save it again with "
        "the program that made it, or as a PDF."
    )


class NotReadable(Invalid):
    """No text can be taken from this file."""

    code = "not_readable"
    message = (
        "This file could not be read whole: it is damaged, or too intricate. Save it again with "
        "the program that made it, or paste its text."
    )


class AttachmentTooLarge(Problem):
    status = 413
    code = "attachment_too_large"


class TooManyAttachments(Invalid):
    code = "too_many_attachments"


class AttachedAfterPosting(Invalid):
    """Beside a draft the person must stand: for a protected author none is kept."""

    code = "attached_after_posting"
    message = (
        "Files of a protected author are attached after posting: on the lesson's page, with its "
        "claim code. So nothing leads from them to you."
    )


class FilesUnavailable(Unavailable):
    """The store does not answer; lessons themselves can be read and written."""

    code = "files_unavailable"
    message = (
        "Files cannot be reached just now. Nothing was changed; lessons can be read and written. "
        "Try again in a minute."
    )


class FileMissing(NotFound):
    code = "file_missing"
    message = "This file is listed, but it is missing on the server. Tell your administrator."
