"""Briefs in the browser: made from words and from a plan, decided in, taken along."""

from pathlib import Path

from app.briefs.models import WORK_LENGTH
from app.people.models import Team
from app.people.teams import leave_team
from tests.briefs.acting import WORK, ids_in, made, pump_lesson
from tests.calls import API
from tests.files import samples
from tests.house_fixture import House
from tests.lessons.acting import spoil

PAGES = "application/octet-stream"


def _main(text: str) -> str:
    return text.partition("<main")[2].partition("</main>")[0]


def test_a_brief_is_made_with_one_s_own_team_and_says_what_matters(house: House) -> None:
    cast = house.cast
    pump_lesson(house, "It ran dry", topics=["Pumps"])
    browser = house.browser(cast.ben)
    assert "What are you about to do?" in browser.get("/briefs").text
    form = browser.get("/briefs/new?q=a+pump").text
    assert f'<option value="{cast.pumps.id}" selected>' in form
    assert "\na pump</textarea>" in form
    assert cast.sales.id not in form
    sent = {"work": WORK, "team": cast.pumps.id, "starts_on": "", "ends_on": "2026-04-01"}
    page = _main(browser.send("/briefs", sent).text)
    assert ">We set up a circulation pump on the roof of a hospital</h1>" in page
    assert "Prime the pump before it runs." in page
    assert "<em>circulation</em>, <em>pump</em> and <em>roof</em>." in page
    assert "1 lesson, none decided" in page
    assert "What nobody has written yet" in page
    listed = _main(browser.get("/briefs").text)
    assert "Under way" in listed
    assert "1 lesson, none decided" in listed


def test_decisions_work_with_and_without_scripts(house: House) -> None:
    cast = house.cast
    lesson = pump_lesson(house, "It ran dry")
    brief = made(house, cast.ben, team="Pumps")
    browser, url = house.browser(cast.ada), f"/briefs/{brief['id']}"
    decision = f"{url}/lessons/{lesson}/disposition"
    page = browser.send(decision, {"disposition": "will_apply"})
    assert page.url.path == url
    assert "<strong>We will apply it</strong>" in page.text
    assert cast.ada.name in _main(page.text)
    refused = browser.send(decision, {"disposition": "does_not_apply", "reason": ""})
    assert refused.status_code == 422
    assert f'href="#does_not_apply-{lesson}"' in refused.text
    in_place = {"HX-Request": "true"}
    part = browser.send(decision, {"disposition": "need_help"}, headers=in_place)
    assert (part.status_code, "<html" in part.text) == (422, False)
    assert "Say what you would like to know." in part.text
    asked = {"disposition": "need_help", "reason": "For how <long>?"}
    part = browser.send(decision, asked, headers=in_place)
    assert "For how &lt;long&gt;?" in part.text
    assert "1 lesson, all decided" in part.text
    assert "For how &lt;long&gt;?" in browser.get(f"/lessons/{lesson}").text
    undone = browser.send(decision, {"disposition": ""}, headers=in_place)
    assert f'id="decision-{lesson}" tabindex="-1" data-focus' in undone.text
    assert "Will apply" in browser.send(decision, {"disposition": ""}).text


def test_who_reads_along_decides_nothing(house: House) -> None:
    pump_lesson(house, "It ran dry")
    brief = made(house, house.cast.ada, team="Pumps")
    page = _main(house.browser(house.cast.mara).get(f"/briefs/{brief['id']}").text)
    assert "It ran dry" in page
    assert "disposition" not in page
    assert "/edit" not in page


def test_it_is_taken_along_as_a_checklist_and_as_markdown(house: House) -> None:
    lesson = pump_lesson(house, "It ran dry")
    brief = made(house, house.cast.ada, team="Pumps", ends_on="2026-04-01")
    browser, url = house.browser(house.cast.ada), f"/briefs/{brief['id']}"
    sent = {"disposition": "does_not_apply", "reason": "We have no frost."}
    browser.send(f"{url}/lessons/{lesson}/disposition", sent)
    paper = _main(browser.get(f"{url}/checklist").text)
    for words in ("Applies when", "We have no frost.", f"http://127.0.0.1:8000/lessons/{lesson}"):
        assert words in paper
    answer = browser.get(f"{url}.md")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert answer.text.startswith("# Before you start: We set up a circulation pump")
    assert "- [x] **It ran dry** (failure)" in answer.text
    assert "**It does not apply.** We have no frost." in answer.text


def test_it_is_said_anew_and_removed(house: House) -> None:
    pump_lesson(house, "It ran dry")
    brief = made(house, house.cast.ada, team="Pumps")
    browser, url = house.browser(house.cast.ada), f"/briefs/{brief['id']}"
    assert WORK in browser.get(f"{url}/edit").text
    sent = {"work": "We tame a zeppelin in a cathedral", "team": "", "ends_on": "2026-03-01"}
    page = browser.send(url, sent | {"starts_on": "2026-03-09"})
    assert page.status_code == 422
    assert "would end before it begins" in page.text
    assert "zeppelin" in page.text
    page = _main(browser.send(url, sent).text)
    assert "Nobody has written about this yet" in page
    assert "It ran dry" not in page
    assert "The brief is removed." in browser.send(f"{url}/removal").text
    assert browser.get(url).status_code == 404


def test_two_who_change_it_at_once_do_not_undo_each_other(house: House) -> None:
    cast = house.cast
    url = f"/briefs/{made(house, cast.ada, team='Pumps')['id']}"
    ada, ben = house.browser(cast.ada), house.browser(cast.ben)
    seen = [_seen(browser.get(f"{url}/edit").text) for browser in (ada, ben)]
    house.clock.turn(minutes=1)
    facts = {"team": cast.pumps.id}
    ours, theirs = {"work": "We count invoices", **facts}, {"work": "We tame zeppelins", **facts}
    assert "Saved." in ben.send(url, theirs | {"seen": seen[1]}).text
    refused = ada.send(url, ours | {"seen": seen[0]})
    assert refused.status_code == 412
    assert "Somebody else changed this brief" in refused.text
    assert "We count invoices" in refused.text
    assert "We tame zeppelins" in ada.get(url).text
    assert "Saved." in ada.send(url, ours | {"seen": _seen(refused.text)}).text
    assert "We count invoices" in ada.get(url).text


def _seen(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0].replace("&#43;", "+")


def test_without_the_index_the_database_finds_and_the_brief_says_so(
    house: House, tmp_path: Path
) -> None:
    lesson = pump_lesson(house, "The circulation pump ran dry")
    spoil(house.index, tmp_path / "data" / "index")
    brief = made(house, house.cast.ada)
    assert ids_in(brief) == [lesson]
    assert "only by words as they are written" in brief["notice"]
    page = house.browser(house.cast.ada).get(f"/briefs/{brief['id']}").text
    assert "by words as they are written" in page


def test_a_plan_s_text_comes_into_the_field_after_what_was_typed(house: House) -> None:
    pump_lesson(house, "It ran dry")
    browser = house.browser(house.cast.ada)
    files = {"plan": ("plan.docx", samples.docx(), PAGES)}
    read = browser.send("/briefs/plan", {"work": WORK}, files=files)
    assert f"{WORK}\n\nKept words</textarea>" in read.text
    part = browser.send("/briefs/plan", {"work": WORK}, files=files, headers={"HX-Request": "true"})
    assert part.text.startswith('<div class="work"')
    page = browser.send("/briefs", {"work": f"{WORK}\n\nKept words"}, files=files)
    assert _main(page.text).count("Kept words") == 1


def test_a_plan_that_cannot_be_read_says_why_and_loses_nothing(house: House) -> None:
    browser = house.browser(house.cast.ada)
    for name, content, words in (
        ("locked.pdf", samples.locked_pdf(), "locked with a password"),
        ("long.txt", b"frost " * (WORK_LENGTH // 5), "longer than the 200,000 characters"),
    ):
        files = {"plan": (name, content, PAGES)}
        page = browser.send("/briefs", {"work": WORK}, files=files)
        assert page.status_code == 422
        assert words in page.text
        assert WORK in page.text


def test_two_megabytes_of_text_are_refused_in_words_and_come_back(house: House) -> None:
    work = "frost and pumps " * 131_072
    browser = house.browser(house.cast.ada)
    # As a browser sends the form: in parts.
    page = browser.send("/briefs", {"work": work}, files={"plan": ("", b"", PAGES)})
    assert page.status_code == 422
    assert "some sixty pages" in page.text
    assert page.text.count("frost and pumps") > 131_000
    page = browser.send("/briefs", {"work": work * 3}, files={"plan": ("", b"", PAGES)})
    assert page.status_code == 413
    assert "This is larger than the limit." in page.text


def test_who_made_it_and_left_the_team_changes_it_and_it_stays_the_team_s(house: House) -> None:
    cast = house.cast
    brief, browser = made(house, cast.ben, team="Pumps"), house.browser(cast.ben)
    url = f"/briefs/{brief['id']}"
    with house.database.writing() as session:
        team = session.get_one(Team, cast.pumps.id)
        leave_team(session, team, cast.ben, by=cast.root, now=house.clock())
    assert f'<option value="{team.id}" selected>' in browser.get(f"{url}/edit").text
    sent = {"work": WORK, "team": team.id, "ends_on": "2026-04-01"}
    refused = browser.send(url, sent | {"ends_on": "2056-04-01"})
    assert refused.status_code == 422
    assert f'<option value="{team.id}" selected>' in refused.text
    assert browser.send(url, sent).status_code == 200
    shown = house.api(cast.ada).get(f"{API}{url}").json()
    assert (shown["team"], shown["ends_on"]) == ("Pumps", "2026-04-01")
    assert browser.send("/briefs", sent).status_code == 422
