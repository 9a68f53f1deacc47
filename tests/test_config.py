"""Settings: what is refused, what is made, what stays secret."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.config import PREFIX, Settings, SettingsError, load_settings
from tests.house.sources import ROOT


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment without settings, in a folder without a `.env`."""
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch


def test_nothing_needs_to_be_set(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.data_dir == tmp_path / "data"
    assert settings.database == f"sqlite:///{tmp_path / 'data' / 'commonplace.db'}"
    assert not settings.over_https


def test_the_environment_and_a_file_set_what_is_asked_for(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("COMMONPLACE_SESSION_DAYS=7\nCOMMONPLACE_LOG_LEVEL=debug\n")
    environment.setenv("COMMONPLACE_LOG_LEVEL", "error")
    settings = load_settings()
    assert (settings.session_days, settings.log_level) == (7, "error")


def test_an_unknown_setting_refuses_to_start_and_names_itself(
    environment: pytest.MonkeyPatch,
) -> None:
    environment.setenv("COMMONPLACE_DATABSE_URL", "sqlite:///x.db")
    with pytest.raises(SettingsError, match="COMMONPLACE_DATABSE_URL"):
        load_settings()


def test_an_unknown_setting_in_the_file_is_refused_too(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("COMMONPLACE_SESION_DAYS=7\n")
    with pytest.raises(SettingsError, match="COMMONPLACE_SESION_DAYS"):
        load_settings()


def test_other_programs_may_share_the_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=elsewhere\nCOMMONPLACE_SESSION_DAYS=7\n")
    assert load_settings().session_days == 7


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://localhost/x", "sqlite:/// or postgresql://"),
        ("SMTP_URL", "mail.example:25", "smtp://"),
        ("SECRET_KEY", "short", "at least 32 characters"),
        ("SESSION_DAYS", "0", "greater than or equal to 1"),
        ("BASE_URL", "https://memory.example/path", "pattern"),
        ("LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        ("RUN_WORKER", "perhaps", "boolean"),
    ],
)
def test_an_invalid_setting_is_refused_with_its_name_and_the_reason(
    environment: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    environment.setenv(PREFIX + name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert PREFIX + name in str(refused.value)
    assert said in str(refused.value)


def test_a_refusal_never_repeats_a_secret(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("COMMONPLACE_SECRET_KEY", "hunter2")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert "hunter2" not in str(refused.value)


def test_secrets_are_not_shown_when_settings_are_printed() -> None:
    settings = Settings(
        _env_file=None,
        secret_key="k" * 32,
        smtp_url="smtp://u:pw@mail.example",
        admin_password="correct horse battery",
    )
    for secret in ("k" * 32, "pw@", "correct horse"):
        assert secret not in repr(settings)


def test_settings_do_not_change(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)
    with pytest.raises(ValidationError):
        settings.session_days = 3


@pytest.mark.parametrize("url", ["postgres://u@h/d", "postgresql://u@h/d"])
def test_every_way_to_write_postgresql_means_the_same_driver(url: str) -> None:
    assert Settings(_env_file=None, database_url=url).database == "postgresql+psycopg://u@h/d"


def test_the_key_is_made_once_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    key = Settings(_env_file=None, data_dir=tmp_path / "data").key
    kept = tmp_path / "data" / "secret-key"
    assert len(key) >= 32
    assert kept.read_bytes() == key
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert Settings(_env_file=None, data_dir=tmp_path / "data").key == key
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_a_given_key_is_used_and_none_is_kept(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path, secret_key="g" * 40)
    assert settings.key == b"g" * 40
    assert not (tmp_path / "secret-key").exists()


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    program = (
        "from app.config import Settings\nfrom pathlib import Path\nimport sys\n"
        "print(Settings(_env_file=None, data_dir=Path(sys.argv[1])).key.decode())"
    )

    def key_of_a_process(_number: int) -> str:
        return subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "data")],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(key_of_a_process, range(4)))
    assert len(keys) == 1
    assert keys != {"\n"}
