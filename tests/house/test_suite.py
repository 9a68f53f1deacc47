"""What the suite may leave out on a second database: what no database has a part in."""

from tests.house.sources import ROOT

_KNOWS = ('getoption("--database")', "postgres_databases", "PostgresDatabases(", "pgserver")


def test_only_the_fixture_knows_on_which_database_the_suite_runs() -> None:
    """So a test that does not ask for it cannot come out otherwise: `--asks-database`."""
    here = ROOT / "tests" / "house" / "test_suite.py"
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if path != here and any(words in path.read_text(encoding="utf-8") for words in _KNOWS)
    }
    assert knowing == {"tests/conftest.py", "tests/databases.py"}
