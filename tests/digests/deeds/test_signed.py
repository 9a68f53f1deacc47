"""The addresses in a digest's mail: whose they are, for what, until when."""

from datetime import timedelta

import pytest

from app.digests.deeds.signed import LASTS, PURPOSE, Links, promised
from app.digests.told import Deed, Offer
from app.kit.sealed import LinkOver
from app.kit.signing import unsealed
from tests.cast import START

_KEY = b"k" * 32
_LINKS = Links(_KEY, "a" * 16, "https://memory.example", START)


def test_a_link_is_one_deed_of_one_person_for_thirty_five_days() -> None:
    url = _LINKS.deed(Offer(Deed.THANK, "b" * 16))
    base, _, token = url.rpartition("/")
    assert base == "https://memory.example/mail/deeds"
    assert len(token) < 120
    assert token[-1].isalnum()  # else programs that look for links in text would leave it out
    for late, holds in ((LASTS, True), (LASTS + timedelta(seconds=1), False)):
        parts = unsealed(_KEY, PURPOSE, token, now=START + late)
        assert (parts is not None) is holds
    parts = unsealed(_KEY, PURPOSE, token, now=START)
    assert parts
    link = promised(parts)
    assert (link.person_id, link.deed, link.subject_id) == ("a" * 16, Deed.THANK, "b" * 16)
    with pytest.raises(LinkOver):
        promised((link.person_id, "erase", link.subject_id))


def test_a_brief_begins_on_its_own_page_after_signing_in() -> None:
    team = _LINKS.deed(Offer(Deed.BRIEF, "t" * 16))
    assert team == f"https://memory.example/briefs/new?team={'t' * 16}"
    assert _LINKS.deed(Offer(Deed.BRIEF, "")) == "https://memory.example/briefs/new"
    assert _LINKS.page("/digests/2026-10") == "https://memory.example/digests/2026-10"
