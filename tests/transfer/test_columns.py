import pytest

from app.transfer.columns import map_by_hand, suggest_mapping
from app.transfer.fields import OWN_COLUMNS
from app.transfer.files.rows import SourceRefused


def test_names_are_known_whatever_their_case_and_punctuation() -> None:
    mapping = suggest_mapping(["TITLE:", "lessons_learned", "What Happened?", "Tags", "Mood"])
    assert mapping.fields == {
        "TITLE:": "title",
        "lessons_learned": "lesson",
        "What Happened?": "happened",
        "Tags": "topics",
    }
    assert mapping.ignored == ("Mood",)
    assert mapping.missing() == ""


def test_every_field_is_known_by_its_own_name() -> None:
    names = [name for name in OWN_COLUMNS if name not in ("id", "revision", "state", "url")]
    assert suggest_mapping(names).fields == {name: name for name in names}


def test_the_surest_of_several_columns_feeds_a_field_that_takes_one() -> None:
    mapping = suggest_mapping(["ID", "Date", "Lesson", "External ID", "Occurred on"])
    assert mapping.columns_for("external_id") == ("External ID",)
    assert mapping.columns_for("occurred_on") == ("Occurred on",)
    assert mapping.ignored == ("ID", "Date")


def test_several_columns_feed_one_text_in_the_order_of_the_file() -> None:
    mapping = suggest_mapping(["Corrective action", "Lesson", "Recommendation"])
    assert mapping.columns_for("recommendation") == ("Corrective action", "Recommendation")


def test_exports_of_known_collections_bring_their_prefix() -> None:
    nasa = suggest_mapping(["Lesson ID", "Title", "Lesson(s) Learned", "Evidence"])
    assert (nasa.id_prefix, nasa.fields["Evidence"]) == ("LLIS-", "recommendation")
    safenet = suggest_mapping(["ID", "SAFENET ID", "Incident Name", "Narrative"])
    assert safenet.columns_for("external_id") == ("SAFENET ID",)
    assert safenet.columns_for("title") == ("Incident Name",)
    asrs = suggest_mapping(["ACN", "Report 1 / Narrative", "Report 2 / Narrative"])
    assert asrs.columns_for("happened") == ("Report 1 / Narrative", "Report 2 / Narrative")
    assert suggest_mapping(["Lesson ID", "Title"]).id_prefix == ""
    assert suggest_mapping(["ID", "Lesson"], id_prefix="OPS-").id_prefix == "OPS-"


def test_a_person_maps_by_name_or_by_number() -> None:
    mapping = suggest_mapping(["column 1", "column 2", "Text"])
    mapping = map_by_hand(mapping, ["1=title", "#2 = external id", "text=Lesson"])
    assert mapping.fields == {"column 1": "title", "column 2": "external_id", "Text": "lesson"}


def test_a_field_mapped_by_hand_is_fed_by_nothing_else() -> None:
    mapping = map_by_hand(suggest_mapping(["Lesson", "Insight", "Text"]), ["Text=lesson"])
    assert mapping.fields == {"Text": "lesson"}


def test_a_column_can_be_left_out_by_hand() -> None:
    mapping = map_by_hand(suggest_mapping(["Lesson", "Tags"]), ["Tags=-"])
    assert mapping.fields == {"Lesson": "lesson"}
    assert mapping.ignored == ("Tags",)


def test_a_column_name_may_hold_an_equals_sign() -> None:
    mapping = map_by_hand(suggest_mapping(["a = b", "c"]), ["a = b=lesson"])
    assert mapping.fields == {"a = b": "lesson"}


def test_rejected_rows_are_numbered_like_the_file_that_they_came_from() -> None:
    mapping = suggest_mapping(["row", "column", "reason", "column 1", "column 2"])
    assert map_by_hand(mapping, ["2=lesson"]).fields == {"column 2": "lesson"}
    assert mapping.ignored == ("column 1", "column 2")


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("Text=colour", "does not map a column"),
        ("Text", "does not map a column"),
        ("Nothing=lesson", "There is no column “Nothing”. The columns are: “Text”, “Notes”."),
        ("3=lesson", "There is no column “3”"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(choice: str, says: str) -> None:
    with pytest.raises(SourceRefused, match=says):
        map_by_hand(suggest_mapping(["Text", "Notes"]), [choice])


def test_a_file_without_anything_to_learn_from_names_its_columns_and_the_way_on() -> None:
    says = suggest_mapping(["Number", "Notes"]).missing()
    assert "The columns are: “Number”, “Notes”." in says
    assert '--map "Notes=lesson"' in says
