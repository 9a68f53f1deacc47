"""Pictures and documents of the sample organisation, hung on its lessons as people would."""

from pathlib import Path

from app.demo.stage import Stage
from app.files.apart import cleaned
from app.files.attach import attach_to_lesson, keep_content
from app.files.store import Store
from app.lessons.models import Lesson
from app.people.models import Person

_FOLDER = Path(__file__).parent / "pictures"
# The lesson, the file, and what it was called by whoever brought it.
_PICTURES = (
    ("inverter-screws-loose-on-arrival", "thermal.jpg", "DC busbar after two hours.jpg"),
    ("torque-count-and-paint", "torque-step.csv", "Torque step, first 60 units.csv"),
)
_MOST_MB = 20


def hang_pictures(stage: Stage, store: Store) -> None:
    """Attach them to the lessons, on the day when these were posted."""
    for key, file, name in _PICTURES:
        # As the lesson is by now, not as it was first posted.
        lesson = stage.session.get_one(Lesson, stage.posted[key].lesson.id)
        author = stage.session.get_one(Person, lesson.author_id)
        with (_FOLDER / file).open("rb") as picture, cleaned(picture, name, most_mb=_MOST_MB) as it:
            attachment = keep_content(store, it, now=lesson.posted_at)
            attach_to_lesson(stage.session, attachment, lesson, by=author, now=lesson.posted_at)
        stage.session.flush()
