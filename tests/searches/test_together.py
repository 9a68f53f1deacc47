"""The migration by which wants in other words, and another order, become one."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command

from app.kit.db import Database
from app.kit.migrate import schema_config
from tests.databases import Databases

BEFORE, AFTER = "2026_11_22_told_of_briefs", "2026_11_22_wanted_together"
_DAY = "2026-03-0{} 09:00:00+00:00"
# Whose, in which words, under which key until then.
_WANTS = (
    ("a", "Why does the zeppelin leak?", "why does the zeppelin leak"),
    ("a", "Leaking zeppelins", "leaking zeppelins"),
    ("b", "leak zeppelin", "leak zeppelin"),
    ("b", "What is this?", "what is this"),
)


def test_of_two_wants_of_one_person_for_the_same_the_older_stays(
    databases: Databases, tmp_path: Path
) -> None:
    database = Database(databases.empty(tmp_path))
    url = database.engine.url.render_as_string(hide_password=False)
    command.upgrade(schema_config(url), BEFORE)
    with database.writing() as session:
        run = session.connection().execute
        for person in "ab":
            person_id = person * 16
            run(
                sa.text(
                    "INSERT INTO person (id, email, name, title, role, created_at)"
                    " VALUES (:id, :id, :id, '', 'member', :at)"
                ),
                {"id": person_id, "at": _DAY.format(1)},
            )
        for number, (person, words, key) in enumerate(_WANTS, 1):
            row = {"id": str(number) * 16, "person": person * 16, "words": words, "key": key}
            run(
                sa.text(
                    "INSERT INTO want (id, person_id, words, key, wanted_at)"
                    " VALUES (:id, :person, :words, :key, :at)"
                ),
                row | {"at": _DAY.format(number)},
            )
        run(
            sa.text(
                "INSERT INTO event (id, kind, subject_kind, subject_id, at, facts)"
                " VALUES ('e', 'want.made', 'want', 'w', :at, '{\"words\": \"zeppelin\"}')"
            ),
            {"at": _DAY.format(1)},
        )
    command.upgrade(schema_config(url), AFTER)
    with database.reading() as session:
        run = session.connection().execute
        kept = run(sa.text("SELECT words, key FROM want ORDER BY id")).all()
        facts = str(run(sa.text("SELECT facts FROM event")).scalar())
    database.close()
    assert [tuple(row) for row in kept] == [
        ("Why does the zeppelin leak?", "leak zeppelin"),
        ("leak zeppelin", "leak zeppelin"),
        ("What is this?", "is this what"),
    ]
    assert facts == "{}"
