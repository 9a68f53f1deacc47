"""Two people edit the same lesson: the second is told, sees both, and nothing is lost."""

import pytest

from tests.journeys.conftest import Arrive
from tests.journeys.things import posted
from tests.serving import Server


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no javascript"])
def test_the_second_to_save_is_told_and_sees_both(
    served: Server, arrive: Arrive, javascript: bool
) -> None:
    cast = served.place.cast
    url = posted(served.place, cast.ada, "Loose screws", lesson="They rattled.").lesson.url
    ada = arrive(served, cast.ada, java_script_enabled=javascript)
    kit = arrive(served, cast.kit, java_script_enabled=javascript)
    for person in (ada, kit):
        person.go(f"{url}/edit")
    ada.fill(lesson="They rattled at night.")
    kit.fill(lesson="They rattled loudly.", recommendation="Use thread lock.")
    ada.press("Save the changes")
    ada.sees("They rattled at night.")
    kit.press("Save the changes")
    kit.sees("Somebody else changed this lesson while you were writing")
    assert "at night" in "".join(kit.page.locator("ins").all_inner_texts())
    assert kit.page.locator('[name="lesson"]').input_value() == "They rattled loudly."
    assert kit.page.locator('[name="recommendation"]').input_value() == "Use thread lock."
    if javascript:
        assert kit.page.evaluate("document.activeElement.id") == "problems"
    kit.fill(lesson="They rattled loudly at night.")
    kit.press("Save the changes")
    kit.sees("They rattled loudly at night.")
    kit.go(f"{url}/history")
    assert kit.page.locator(".version").count() == 3
    kit.go(f"{url}/history/2")
    kit.sees("They rattled at night.")
