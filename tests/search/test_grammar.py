"""What is read as a sign of the query language, and what stays plain words."""

import pytest

from search.grammar import MAX_CHARACTERS, MAX_CONDITIONS, Condition, parsed, plainly


def said(condition: Condition) -> str:
    """A condition in one line: `-title:"a b"*` for stems a, b and a prefix."""
    words = " ".join(term for word in condition.words for term in word.terms)
    shown = f'"{words}"' if condition.exact else words
    field = "" if condition.field == "text" else f"{condition.field}:"
    prefix = f"{condition.prefix}*" if condition.prefix else ""
    return "-" * condition.excluded + field + " ".join(filter(None, [shown, prefix]))


def read(text: str) -> tuple[str, list[str]]:
    """The plain words of a text, and its conditions."""
    plain, conditions = parsed(text)
    return " ".join(plain.split()), [said(condition) for condition in conditions]


@pytest.mark.parametrize(("text", "plain", "conditions"), [
    ('"heat pump" noise', "heat pump noise", ['"heat pump"']),
    ('noise ("heat pump").', "noise ( heat pump ).", ['"heat pump"']),
    ("“heat pump” noise", "heat pump noise", ['"heat pump"']),
    ("«тепловой насос»", "тепловой насос", ['"тепл насос"']),
    ('"pump"', "pump", ['"pump"']),
    ("pump -valve", "pump", ["-valv"]),
    ("(pump -valve)", "(pump )", ["-valv"]),
    ("pump -follow-up", "pump", ['-"follow up"']),
    ('-"by hand" lifting', "lifting", ['-"by hand"']),
    ('-"10"', "", ['-"10"']),
    ("dep*", "", ["dep*"]),
    ("-dep* pump", "pump", ["-dep*"]),
    ("ORA-000*", "", ["ora 000*"]),
    ("Éle*", "", ["ele*"]),
    ("насо*", "", ["насо*"]),
    ("title:screws", "screws", ["title:screw"]),
    ('title:"heat pump"', "heat pump", ['title:"heat pump"']),
    ("-title:draft pump", "pump", ["-title:draft"]),
    ("title:scre*", "", ["title:scre*"]),
    ("topic:pumps leak", "leak", ["topic:pump"]),
    ("TEAM:ops, leak", ", leak", ["team:op"]),
    ('author:"Ada Lovelace"', "", ['author:"ada lovelac"']),
    ("kind:near_miss", "", ['kind:"near miss"']),
    ("-배포 서버", "서버", ["-배포"]),
    ("배포*", "배포", ["배포"]),
])  # fmt: skip
def test_a_sign_is_read(text: str, plain: str, conditions: list[str]) -> None:
    assert read(text) == (plain, conditions)


@pytest.mark.parametrize("text", [
    "what came loose in the power inverter", "follow-up", "ORA-00054", "foo -- bar", "foo - bar",
    "- pump", "-- pump", "it fell to -10 degrees", "3 -4", "rm -rf", "git commit -m", "a -to b",
    "make --force", "java -Dname=x", "a* b* c*", "de*", "*dep", "*", "?ump", "d*p", "**bold**",
    "2*3*4", "*.txt", "note: the pump", "note:pump", "title: pump", "title:", "title:!!!",
    "subtitle:pump", "http://x/y", "https://x:80/title:y", "12:30", "C:\\x", "C:\\title:x",
    "ada@example.org", "10.0.0.1:8080", "pump AND NOT (valve OR screw)", "/(a+)+$/", "pump~9",
    "pump^2", "[a TO z]", '"heat pump', 'heat pump"', '"', '""', '""""', '"!!!"', '"  "', '" pump"',
    'a 5" pipe and 6" valve', 'x"heat pump"', '"heat pump"s', "(" * 200, "don't 'heat pump'",
    "jet -dash papers on a flow of supersonic speed in tunnels",
    'Is there a way to disable the "did you mean" feature of the thing',
])  # fmt: skip
def test_whatever_is_no_sign_is_plain_words(text: str) -> None:
    assert parsed(text) == (text, ())


def test_a_field_is_read_in_a_sentence_too() -> None:
    sentence = 'team:ops how do we start the "old pump" again after a long winter outside'
    plain, conditions = read(sentence)
    assert conditions == ["team:op"]
    assert plain == sentence.removeprefix("team:ops ")


def test_a_pasted_text_is_plain_words() -> None:
    text = 'title:pump "heat pump" '
    assert parsed(text + "x" * (MAX_CHARACTERS - len(text))).conditions
    long = text + "x" * (MAX_CHARACTERS - len(text) + 1)
    assert parsed(long) == (long, ())


def test_more_signs_than_anybody_types_are_plain_words() -> None:
    most = " ".join(["-pump"] * MAX_CONDITIONS)
    assert len(parsed(most).conditions) == MAX_CONDITIONS
    assert parsed(most + " -pump") == (most + " -pump", ())


@pytest.mark.parametrize(("text", "plain"), [
    ('"heat pump" noise', "heat pump noise"),
    ("noise -valve", "noise"),
    ("kind:failure team:ops dep* noise", "ops dep noise"),
    ('title:"heat pump" -author:ada', "heat pump"),
    ('"say -loud" x', "say loud x"),
    ("plain words", "plain words"),
    ("-valve", ""),
    ("title:TEAM:pump", "pump"),
])  # fmt: skip
def test_said_plainly_no_sign_is_left(text: str, plain: str) -> None:
    assert plainly(text) == plain
    assert not parsed(plain).conditions
