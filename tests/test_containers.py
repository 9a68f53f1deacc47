"""Containers are told real settings, keep their data, and hold no secret."""

import os
import re
import shutil
import subprocess

import pytest
import yaml

from app.config import PREFIX, Settings
from tests.house.sources import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


def test_containers_are_given_settings_that_exist() -> None:
    given = {n for n in SERVICES["application"]["environment"] if n.startswith(PREFIX)}
    asked = set(re.findall(rf"\${{({PREFIX}\w+)", str(SERVICES)))
    assert given
    assert given | asked <= {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_application_waits_for_a_healthy_database() -> None:
    assert set(SERVICES) == {"application", "database", "mail"}
    waits = SERVICES["application"]["depends_on"]
    assert waits["database"] == {"condition": "service_healthy"}
    assert "pg_isready" in str(SERVICES["database"]["healthcheck"])
    assert "@database:5432/" in SERVICES["application"]["environment"]["COMMONPLACE_DATABASE_URL"]


def test_what_is_kept_is_on_volumes_and_nothing_listens_beyond_this_machine() -> None:
    mounted = {v.split(":")[0] for s in SERVICES.values() for v in s.get("volumes", [])}
    assert mounted == set(COMPOSE["volumes"])
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert all(re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port) for port in ports)
    assert "127.0.0.1:8000:8000" in ports


def test_no_secret_has_a_default() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if any(word in name for word in ("SECRET", "PASSWORD", "DATABASE_URL")):
                assert re.search(r"\${\w+:\?[^}]{10,}}", value), name


def test_the_container_runs_as_nobody_special_and_keeps_its_data_on_a_volume() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "USER commonplace" in text
    assert "COMMONPLACE_DATA_DIR=/data" in text
    assert "VOLUME /data" in text
    assert "/health/ready" in text
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        assert all((ROOT / name).exists() for name in source.split())


def _compose_is_installed() -> bool:
    asked = ["docker", "compose", "version"]
    return (
        bool(shutil.which("docker"))
        and not subprocess.run(asked, check=False, capture_output=True).returncode
    )


@pytest.mark.skipif(
    not _compose_is_installed(),
    reason="docker compose is not installed: docker-compose.yml was read by these tests alone",
)
def test_docker_itself_accepts_the_file() -> None:
    secrets = {"POSTGRES_PASSWORD": "p" * 20, "COMMONPLACE_SECRET_KEY": "k" * 40}
    with_secrets = ["docker", "compose", "config", "--quiet"]
    ended = subprocess.run(with_secrets, cwd=ROOT, env=os.environ | secrets, check=False)
    assert ended.returncode == 0
