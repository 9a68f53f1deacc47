"""Digests for programs: what the page says, in words and numbers."""

from tests.calls import API, error_of
from tests.digests.kept_month import keep_march, numbers, of_team
from tests.house_fixture import House


def test_a_program_reads_what_the_page_says(house: House) -> None:
    cast = house.cast
    keep_march(house)
    digest = of_team(house, cast.ben, cast.pumps)
    answer = house.api(cast.ben).get(f"{API}/digests/2026-03", params={"team": "pumps"}).json()
    assert (answer["period"], answer["first_day"]) == ("2026-03", "2026-03-01")
    assert (answer["subject"], answer["subject_id"]) == ("Pumps", cast.pumps.id)
    assert (answer["edition"], answer["so_far"]) == ("members", False)
    assert answer["first"] == digest.first
    assert [part["part"] for part in answer["sections"]] == [p.part for p in digest.sections]
    assert answer["counts"] | {n: v for n, (v, _) in numbers(digest).items()} == answer["counts"]
    first = answer["sections"][0]["lines"][0]
    assert first["title"] == "Ask how deep the lake is"
    assert first["url"].startswith("http://127.0.0.1:8000/lessons/")
    chart = next(chart for chart in answer["charts"] if chart["key"] == "results")
    assert len(chart["months"]) == len(chart["series"][0]["values"]) == 12
    whole = house.api(cast.nora).get(f"{API}/digests/2026-03").json()
    assert (whole["about"], whole["subject_id"]) == ("organisation", None)
    assert "briefs" in whole["counts"]
    named = house.api(cast.nora).get(f"{API}/digests/2026-03", params={"topic": "Seals"}).json()
    assert (named["about"], named["subject"]) == ("topic", "Seals")


def test_nonsense_is_refused_in_the_one_form(house: House) -> None:
    keep_march(house)
    program = house.api(house.cast.ada)
    for path, status in (
        ("2026-13", 404),
        ("2026-05", 404),
        ("2026-W53?team=Pumps", 404),
        ("2026-03?team=Nowhere", 422),
        ("2026-03?topic=Nothing", 422),
        ("2026-03?team=Pumps&topic=Seals", 422),
        ("2026-03?tema=Pumps", 422),
    ):
        answer = program.get(f"{API}/digests/{path}")
        assert answer.status_code == status, path
        assert error_of(answer)
