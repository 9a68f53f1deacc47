"""An earlier version of a lesson as the start of a new change."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.lessons.form import LessonForm, values_of
from app.lessons.schemas import LessonInput

# Who reads a lesson now was decided since, and is not undone by bringing back its words.
_STAYS = frozenset({"team", "visibility", "author_mode"})


def brought_back(form: LessonForm, kept: Mapping[str, Any]) -> LessonForm:
    """The form of the lesson as it is, with the texts of a kept version in it."""
    then = values_of(LessonInput.model_construct(**kept))
    texts = {name: then[name] for name in kept if name in then and name not in _STAYS}
    return replace(form, values={**form.values, **texts})
