"""What can be switched off: each kind, what it is called, and what one is told of then."""

from app.notifications.models import NotificationKind

Named = tuple[NotificationKind, str, str]

_MINE: tuple[Named, ...] = (
    (
        NotificationKind.USED,
        "What came of it",
        "A team used a lesson under my name, and says whether it helped.",
    ),
    (
        NotificationKind.QUESTION,
        "Questions",
        "Somebody asks about a lesson under my name.",
    ),
    (
        NotificationKind.ANSWER,
        "Answers",
        "To a question of mine, and to questions about a lesson under my name.",
    ),
    (
        NotificationKind.THANKS,
        "Thanks",
        "A lesson under my name helped somebody, and they say so.",
    ),
    (
        NotificationKind.RECURRENCE,
        "It happened again",
        "What one of mine tells of happened again.",
    ),
    (
        NotificationKind.CORRECTION,
        "Corrections",
        "Another lesson corrects one of mine.",
    ),
    (
        NotificationKind.REWRITE,
        "Wording that does not reach people",
        "It happened so often since that a lesson of mine, or one that I curate, wants rewriting.",
    ),
)
_ASKED: tuple[Named, ...] = (
    (
        NotificationKind.MENTION,
        "When I am named",
        "Somebody writes @ and my name in a question or an answer.",
    ),
    (
        NotificationKind.HELP,
        "Help that a team needs",
        "With a lesson under my name; curators hear of it where nobody else can help.",
    ),
    (
        NotificationKind.ACTION,
        "Changes that lessons ask for",
        "One is asked of me, or one that I asked for is made.",
    ),
    (
        NotificationKind.MAY_KNOW,
        "What I am likely to know",
        "Somebody looked for it and found nothing, or asks me by name to write it down.",
    ),
)
_NEWS: tuple[Named, ...] = (
    (
        NotificationKind.FOLLOW_UP,
        "What came of our work",
        "A piece of work with a brief of mine or of my team ended.",
    ),
    (
        NotificationKind.MATCH,
        "New lessons for our work",
        "One is like a piece of work that goes on, with a brief of mine or of my team.",
    ),
    (
        NotificationKind.FOLLOWED,
        "New lessons about what I follow",
        "A topic, a team or a person. Following a person never tells of what they wrote protected.",
    ),
    (
        NotificationKind.WANTED,
        "Lessons I asked for",
        "Somebody wrote what my search did not find.",
    ),
)
#: The kinds in groups, each under its title.
GROUPS = (
    ("What I wrote", _MINE),
    ("What is asked of me", _ASKED),
    ("My work, and what I follow", _NEWS),
)
