"""A signed grant holds for its subject and its time, and for nothing that only looks like one."""

from datetime import UTC, datetime, timedelta

import pytest

from app.kit.signing import sign_until, still_signed

_NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_KEY = b"k" * 32


def test_a_grant_holds_for_its_subject_until_its_time() -> None:
    grant = sign_until(_KEY, "claim", "lesson", now=_NOW, lifetime=timedelta(hours=1))
    assert still_signed(_KEY, "claim", "lesson", grant, now=_NOW)
    assert not still_signed(_KEY, "claim", "other", grant, now=_NOW)
    assert not still_signed(_KEY, "other", "lesson", grant, now=_NOW)
    assert not still_signed(_KEY, "claim", "lesson", grant, now=_NOW + timedelta(hours=2))


@pytest.mark.parametrize("grant", ["", ".", "9" * 5_000 + ".x", "²³.x", "-1.x", "x.y", "\x00"])
def test_what_is_no_grant_is_refused_without_an_error(grant: str) -> None:
    assert not still_signed(_KEY, "claim", "lesson", grant, now=_NOW)
