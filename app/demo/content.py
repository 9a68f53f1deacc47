"""Reads the sample organisation from the YAML files beside this module, and checks it."""

from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from app.demo.consistency import check_lesson, check_organisation, refuse_doubles
from app.demo.shapes import (
    SampleEdit,
    SampleLesson,
    SampleMembership,
    SampleOrganisation,
    SamplePerson,
    SampleRetirement,
    SampleTeam,
    SampleTopic,
)

__all__ = [
    "SampleEdit",
    "SampleLesson",
    "SampleMembership",
    "SampleOrganisation",
    "SamplePerson",
    "SampleRetirement",
    "SampleTeam",
    "SampleTopic",
    "load",
]

HERE = Path(__file__).parent
Shape = TypeVar("Shape")
_entries: TypeAdapter[list[dict[str, Any]]] = TypeAdapter(list[dict[str, Any]])
_lesson: TypeAdapter[SampleLesson] = TypeAdapter(SampleLesson)
_organisation: TypeAdapter[SampleOrganisation] = TypeAdapter(SampleOrganisation)


def load(folder: Path = HERE) -> SampleOrganisation:
    """Read `organisation.yaml` and `lessons/*.yaml` in `folder`, lessons oldest first.

    Raises ValueError, naming file and key, for an unknown key, a wrong value, a double
    key or a reference to something that is not there.
    """
    path = folder / "organisation.yaml"
    organisation = _parse(_organisation, _yaml(path), f"{path.name}: organisation")
    check_organisation(organisation, path.name)
    lessons = [
        lesson
        for lesson_path in sorted((folder / "lessons").glob("*.yaml"))
        for lesson in _lessons_in(lesson_path, organisation)
    ]
    refuse_doubles((lesson.key for lesson in lessons), "lessons")
    lessons.sort(key=lambda lesson: (-lesson.posted_days_ago, lesson.key))
    return replace(organisation, lessons=tuple(lessons))


def _lessons_in(path: Path, organisation: SampleOrganisation) -> list[SampleLesson]:
    lessons = []
    for entry in _parse(_entries, _yaml(path), f"{path.name}: lessons"):
        where = f"{path.name}: {entry.get('key', '(no key)')}"
        lesson = _parse(_lesson, entry, where)
        check_lesson(lesson, organisation, where)
        lessons.append(lesson)
    return lessons


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name}: is not readable as YAML: {error}") from error


def _parse(adapter: TypeAdapter[Shape], raw: object, where: str) -> Shape:
    try:
        return adapter.validate_python(raw)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {field}: {first['msg']}") from error
