"""The first page and the search page."""

import re

import pytest

from app.lessons.fairness import OF_THIS_PROCESS
from app.people.directory import add_person
from app.topics.directory import topics_named
from tests.calls import questions
from tests.house_fixture import House
from tests.lessons.acting import retired


def _titles(text: str) -> list[str]:
    return re.findall(r'entry__title"><a href="/lessons/\w+">([^<]+)<', text)


def _search(house: House, query: str) -> str:
    answer = house.browser(house.cast.otto).get(f"/search?{query}")
    assert answer.status_code == 200
    return answer.text


def test_a_lesson_is_found_by_words_of_its_text_and_its_passage_is_marked(house: House) -> None:
    house.post(house.cast.ada, "Loose screws", lesson="The inverter flickered under vibration.")
    text = _search(house, "q=what+makes+an+inverter+flicker")
    assert _titles(text) == ["Loose screws"]
    assert re.search(r"<mark>inverter</mark>", text)
    assert "1 lesson<" in text


def test_filters_stand_in_the_address_and_can_be_taken_out_one_by_one(house: House) -> None:
    house.post(house.cast.ada, "Pump failure", kind="failure", team="Pumps", topics=["seals"])
    house.post(house.cast.otto, "Sales success", kind="success", team="Sales", topics=["seals"])
    assert _titles(_search(house, "kind=success")) == ["Sales success"]
    pumps = house.cast.pumps.id
    text = _search(house, f"q=seals&kind=failure&team={pumps}")
    assert _titles(text) == ["Pump failure"]
    assert f'href="/search?q=seals&amp;team={pumps}"' in text  # without the kind
    assert 'href="/search?q=seals&amp;kind=failure"' in text  # without the team
    assert 'href="/search?q=seals"' in text  # clear all


def test_counts_beside_filters_say_what_each_would_give(house: House) -> None:
    house.post(house.cast.ada, "One", kind="failure", topics=["seals"])
    house.post(house.cast.ada, "Two", kind="failure")
    house.post(house.cast.ada, "Three", kind="success")
    text = _search(house, "kind=failure")
    counts = dict(re.findall(r'<span>(\w+)</span></span><span class="facet__count">(\d+)<', text))
    assert counts == {"Failure": "2", "Success": "1", "Experiment": "0"}


def test_days_of_posting_narrow_the_answer(house: House) -> None:
    house.post(house.cast.ada, "In March")
    house.clock.turn(days=40)
    house.post(house.cast.ada, "In April")
    assert _titles(_search(house, "since=2026-04-01")) == ["In April"]
    assert _titles(_search(house, "until=2026-03-02")) == ["In March"]
    assert "from 1 April 2026" in _search(house, "since=2026-04-01")


def test_results_are_sorted_and_paged_by_the_address(house: House) -> None:
    for number in range(12):
        house.post(house.cast.ada, f"Seal number {number:02}")
        house.clock.turn(hours=1)
    newest = _titles(_search(house, "q=seal&sort=newest"))
    assert newest == [f"Seal number {number:02}" for number in range(11, 1, -1)]
    assert _titles(_search(house, "q=seal&sort=oldest"))[0] == "Seal number 00"
    second = _search(house, "q=seal&sort=newest&page=2")
    assert _titles(second) == ["Seal number 01", "Seal number 00"]
    assert 'href="/search?q=seal&amp;sort=newest"' in second
    assert "There is no such page" in _search(house, "q=seal&page=7")


def test_a_misspelt_word_brings_a_link_to_what_may_be_meant(house: House) -> None:
    for number in range(3):
        house.post(house.cast.ada, f"Inverter {number}", lesson="The inverter flickered.")
    text = _search(house, "q=invertre&kind=failure")
    assert 'Did you mean <a href="/search?kind=failure&amp;q=inverter">inverter</a>?' in text


def test_an_empty_answer_offers_three_ways_on(house: House) -> None:
    house.post(house.cast.ada, "Loose screws")
    for query in ("q=zeppelin", "q=screws&kind=success", "kind=success"):
        text = _search(house, query)
        assert "Nothing found" in text
        assert len(re.findall('<h3 class="ways__title">', text)) == 3
    assert "Ask for this lesson</button>" in _search(house, "q=zeppelin")


def test_each_filter_to_drop_says_how_many_lessons_that_would_find(house: House) -> None:
    for number in range(3):
        house.post(house.cast.ada, f"Screws {number}", team="Pumps", topics=["seals"])
    house.post(house.cast.otto, "Screws sold", kind="success", team="Sales")
    house.post(house.cast.ada, "Screws kept", team="Pumps", visibility="team", kind="success")
    pumps = house.cast.pumps.id
    text = _search(house, f"q=screws&kind=success&team={pumps}&posted=month")
    ways = re.findall(r'<li><a href="([^"]+)">(Without [^<]+)</a>: (\d+) lessons?</li>', text)
    assert ways == [
        (f"/search?q=screws&amp;team={pumps}&amp;posted=month", "Without Success", "3"),
        ("/search?q=screws&amp;kind=success&amp;posted=month", "Without Pumps", "1"),
    ]
    assert 'href="/search?q=screws">Search without the filters</a>: 4 lessons' in text


def test_filters_keep_their_order_and_place_whatever_is_chosen(house: House) -> None:
    for topics in (["seals", "pumps"], ["seals", "pumps"], ["seals"], ["valves"]):
        house.post(house.cast.ada, f"About {topics}", topics=topics)
    house.post(house.cast.ada, "About valves", kind="success", topics=["valves"])
    seen = [
        re.findall(r'<span>(\w+)</span><span class="facet__count">(\d)<', text)
        for text in (_search(house, "q=about"), _search(house, "q=about&kind=success"))
    ]
    assert [name for name, _ in seen[0]] == [name for name, _ in seen[1]]
    assert dict(seen[0]) == {"seals": "3", "pumps": "2", "valves": "2"}
    assert dict(seen[1]) == {"seals": "0", "pumps": "0", "valves": "1"}


def test_many_topics_unfold_and_fold_by_the_address(house: House) -> None:
    for number in range(14):
        house.post(house.cast.ada, f"Seal {number}", topics=[f"topic {number:02}"])

    def topics(query: str) -> list[str]:
        return re.findall(r"<span>(topic \d\d)</span>", _search(house, query))

    assert len(topics("q=seal")) == 12
    assert 'href="/search?q=seal&amp;all=topic">All 14' in _search(house, "q=seal")
    assert len(topics("q=seal&all=topic")) == 14
    with house.reading() as session:
        last = topics_named(session, ["topic 13"])["topic 13"].id
    assert "topic 13" in topics(f"q=seal&topic={last}")


def test_posted_this_week_moves_with_the_calendar(house: House) -> None:
    house.post(house.cast.ada, "On Monday, 2 March")
    house.clock.turn(days=6)
    house.post(house.cast.ada, "On Sunday, 8 March")
    found = _search(house, "posted=week")
    assert _titles(found) == ["On Sunday, 8 March", "On Monday, 2 March"]
    assert "posted this week" in found
    assert 'title="2 March 2026">6 days ago</time>' in found
    house.clock.turn(days=1)
    assert _titles(_search(house, "posted=week")) == []
    assert len(_titles(_search(house, "posted=month&since=2026-03-05"))) == 2
    text = _search(house, "since=2026-03-05&until=2026-03-08")
    assert _titles(text) == ["On Sunday, 8 March"]
    assert "posted from 5 March 2026 to 8 March 2026" in text


def test_a_page_of_many_filters_asks_the_database_as_often_as_an_empty_one(house: House) -> None:
    browser, asked = house.browser(house.cast.otto), []
    for number in range(12):
        house.post(house.cast.ada, f"Seal {number}", topics=["seals", f"topic {number}"])
    author = house.cast.ada.id
    everything = f"q=seal&kind=failure&state=posted&author={author}&posted=year&all=topic"
    for query in ("q=seal", everything, "q=zeppelin&kind=success"):
        browser.get(f"/search?{query}")
        with questions(house) as some:
            browser.get(f"/search?{query}")
        asked.append(len(some))
    assert max(asked) <= 8


@pytest.mark.parametrize(
    "nonsense",
    [
        "kind=bogus",
        "state=draft-ish",
        "sort=sideways",
        "page=-3",
        "page=%C2%B2",
        "since=yesterday",
        "until=2026-02-31",
        "colour=red",
        "kind=",
        "author=",
    ],
)
def test_nonsense_in_the_address_is_left_out(house: House, nonsense: str) -> None:
    house.post(house.cast.ada, "Loose screws")
    assert _titles(_search(house, f"q=screws&{nonsense}")) == ["Loose screws"]


@pytest.mark.parametrize("unknown", ["team", "topic", "author"])
def test_what_is_named_but_unknown_finds_nothing_and_offers_to_drop_it(
    house: House, unknown: str
) -> None:
    house.post(house.cast.ada, "Loose screws")
    text = _search(house, f"q=screws&{unknown}={'0' * 16}")
    assert _titles(text) == []
    assert 'href="/search?q=screws">Without ' in text


ODD = {
    "q=" + "(" * 400: [],
    "q=deployment~9": [],
    "q=*": [],
    "q=" + "a " * 300: [],
    "q=%00%FF": [],
    "q=AND+OR": [],
    "q=AND+((screws~9%00": ["Loose screws"],
}


@pytest.mark.parametrize("query", ODD)
def test_no_query_is_too_odd_to_be_answered(house: House, query: str) -> None:
    house.post(house.cast.ada, "Loose screws")
    assert _titles(_search(house, query)) == ODD[query]


def test_retired_lessons_come_only_when_they_are_asked_for(house: House) -> None:
    lesson = house.post(house.cast.ada, "Loose screws").lesson
    retired(house, lesson.id, by=house.cast.ada)
    assert _titles(_search(house, "q=screws")) == []
    assert _titles(_search(house, "q=screws&state=retired")) == ["Loose screws"]


def test_lessons_of_one_author_are_named_as_such(house: House) -> None:
    house.post(house.cast.ada, "By Ada")
    house.post(house.cast.ben, "By Ben")
    text = _search(house, f"author={house.cast.ada.id}")
    assert _titles(text) == ["By Ada"]
    assert "by Ada Example" in text


def test_an_outsider_learns_nothing_of_a_team_only_lesson(house: House) -> None:
    house.post(house.cast.ada, "Zeppelin plans", visibility="draft")
    hidden = house.post(
        house.cast.ada,
        "Zeppelin",
        lesson="The quagga flies.",
        team="Pumps",
        visibility="team",
        topics=["airships"],
    )
    assert hidden.lesson.id in house.index.stamps()
    for query in ("q=zeppelin", "q=quagga", "q=quaga", "q=airships", "", "state=posted"):
        page = _search(house, query)
        text = re.sub(r'value="[^"]*"|<title>.*?</title>|<h1.*?</h1>', "", page)
        for word in ("zeppelin", "quagga", "airships", hidden.lesson.id):
            typed = r'href="/(search|lessons/new)[^"]*"'
            assert word not in re.sub(typed, "", text).lower(), query
    mate = house.browser(house.cast.ben).get("/search?q=quagga").text
    assert _titles(mate) == ["Zeppelin"]


def test_quotes_minus_and_fields_make_a_search_stricter(house: House) -> None:
    house.post(house.cast.ada, "The heat pump leaked", kind="failure", team="Pumps")
    house.post(house.cast.ada, "Pump heat away", kind="success")
    assert _titles(_search(house, "q=%22heat+pump%22")) == ["The heat pump leaked"]
    assert _titles(_search(house, "q=pump+-leaked")) == ["Pump heat away"]
    assert _titles(_search(house, "q=team:pumps")) == ["The heat pump leaked"]
    assert _titles(_search(house, "q=kind:success+pump")) == ["Pump heat away"]


def test_signs_that_leave_nothing_are_offered_to_be_dropped(house: House) -> None:
    house.post(house.cast.ada, "Pump heat away")
    text = _search(house, "q=%22heat+pump%22")
    assert 'without quotes, minus or fields: <a href="/search?q=heat+pump">heat pump</a>' in text


def test_search_tips_stand_on_the_page_and_in_the_help(house: House) -> None:
    text = _search(house, "q=pump")
    assert "<summary>Search tips</summary>" in text
    assert 'href="/help#finding"' in text
    assert 'id="finding"' in house.browser(house.cast.otto).get("/help").text


def test_who_keeps_the_engine_busy_is_asked_to_wait_and_nobody_else(house: House) -> None:
    # Somebody of whom no other test knows: what they took is remembered as long as the process.
    with house.database.writing() as session:
        facts = {
            "email": "busy@northwind.example",
            "name": "Busy",
            "by": None,
            "now": house.clock(),
        }
        busy = add_person(session, **facts)
    OF_THIS_PROCESS.take(busy.id, 60)
    answer = house.browser(busy).get("/search?q=pump")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "more than your share" in answer.text
    assert house.browser(house.cast.ada).get("/search?q=pump").status_code == 200
