"""Rows of a file turned into facts, by a mapping of its columns."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from app.lessons.models import EXTERNAL_ID_LENGTH, TEXT_LENGTH, TITLE_LENGTH, URL_LENGTH, Kind
from app.transfer import values
from app.transfer.columns import Mapping
from app.transfer.dates import DateOrder, is_no_date, parse_moment
from app.transfer.facts import Facts, Rejection
from app.transfer.fields import TEXT_FIELDS
from app.transfer.files.rows import BrokenRow, Row, Value, cell_text
from app.transfer.html_text import html_to_markdown, looks_like_html
from app.transfer.known_exports import NOTHING_SAID
from app.transfer.texts import clean, cut_at_word, first_sentence, has_controls, one_line

NOTHING_TO_LEARN = "nothing to learn from: no lesson, recommendation or account of what happened"


class _CellError(Exception):
    """A cell that cannot be taken."""

    def __init__(self, column: str, reason: str):
        self.column = column
        self.reason = reason
        super().__init__(reason)


def to_facts(row: Row | BrokenRow, mapping: Mapping) -> Facts | Rejection:
    """What a row says of a lesson, or why it is rejected; never raises over what a cell holds.

    A kind that is not said is `mapping.default_kind`, else failure where the row tells what
    happened and success where it does not.
    """
    if isinstance(row, BrokenRow):
        return Rejection(row.number, row.line, "", row.reason, row.raw)
    try:
        return _Reading(row, mapping).facts()
    except _CellError as refused:
        return Rejection(row.number, row.line, refused.column, refused.reason, row.values)


class _Reading:
    """One row being read; notes gather as values are bent to fit."""

    def __init__(self, row: Row, mapping: Mapping):
        self._row = row
        self._mapping = mapping
        self._notes: list[str] = []

    def facts(self) -> Facts:
        texts = {name: self._joined(name) for name in TEXT_FIELDS}
        kind = self._single("kind", values.parse_kind) or self._mapping.default_kind
        kind = kind or (Kind.FAILURE if texts["happened"] else Kind.SUCCESS)
        self._once(texts)
        title = self._title(texts, about=self._need_lesson(texts))
        occurred = self._moment("occurred_on")
        return Facts(
            kind=kind,
            title=title,
            **texts,
            cause_type=self._single("cause_type", values.parse_cause_type),
            topics=self._topics(),
            team=self._line("team"),
            visibility=self._single("visibility", values.parse_visibility) or "",
            author_mode=self._single("author_mode", values.parse_author_mode),
            author=self._line("author"),
            occurred_on=occurred.date() if occurred else None,
            posted_at=self._moment("posted_at"),
            external_id=self._external_id(),
            source_url=self._source_url(),
            lesson_id=one_line(self._raw("id")) if self._mapping.is_own else "",
            state=one_line(self._raw("state")) if self._mapping.is_own else "",
            notes=tuple(self._notes),
        )

    def _raw(self, column: str) -> str:
        return cell_text(self._row, column)

    def _joined(self, name: str) -> str:
        parts = []
        for column in self._mapping.columns_for(name):
            text = self._text(column)
            if text:
                parts.append((self._label(column)) + text)
        joined = "\n\n".join(parts)
        if len(joined) > TEXT_LENGTH:
            column = " + ".join(self._mapping.columns_for(name))
            raise _CellError(column, f"{len(joined):,} letters; at most {TEXT_LENGTH:,} are kept")
        return joined

    def _label(self, column: str) -> str:
        return self._mapping.known.labels.get(column, "") if self._mapping.known else ""

    def _text(self, column: str) -> str:
        raw = self._raw(column)
        if has_controls(raw):
            self._notes.append(f"“{column}”: control characters were removed")
        text = clean(raw)
        if self._mapping.known and text.casefold() in NOTHING_SAID:
            return ""
        if not self._mapping.is_own and looks_like_html(text):
            return clean(html_to_markdown(text))
        return text

    def _line(self, name: str) -> str:
        for column in self._mapping.columns_for(name):
            text = self._text(column)
            return text if self._mapping.is_own else " ".join(text.split())
        return ""

    def _single(self, name: str, parse: Any) -> Any:
        text = self._line(name)
        if not text:
            return None
        try:
            return parse(text)
        except values.WrongValueError as wrong:
            raise _CellError(self._mapping.columns_for(name)[0], str(wrong)) from wrong

    def _once(self, texts: dict[str, str]) -> None:
        """Some files repeat the abstract at the head of what happened: it is kept once."""
        context, happened = texts["context"], texts["happened"]
        if context and not self._mapping.is_own and happened.startswith(context):
            texts["happened"] = happened[len(context) :].strip() or happened
            if texts["happened"] == happened:
                texts["context"] = ""

    def _need_lesson(self, texts: dict[str, str]) -> str:
        """Let another text stand as the lesson where there is none; returns the text that says
        best what it is about."""
        if texts["lesson"]:
            return texts["lesson"]
        account = texts["happened"]
        for name, what in (
            ("recommendation", "the recommendation"),
            ("happened", "the account of what happened"),
        ):
            if texts[name]:
                texts["lesson"], texts[name] = texts[name], ""
                self._notes.append(f"no lesson is given: {what} stands as the lesson")
                return account or texts["lesson"]
        raise _CellError("", NOTHING_TO_LEARN)

    def _title(self, texts: dict[str, str], about: str) -> str:
        title = self._line("title")
        if not title:
            self._notes.append("no title is given: a first sentence stands as the title")
            return first_sentence(about)
        if len(title) > TITLE_LENGTH:
            self._notes.append(f"the title was cut to {TITLE_LENGTH} letters; context holds it all")
            texts["context"] = "\n\n".join(part for part in (title, texts["context"]) if part)
        return cut_at_word(title)

    def _topics(self) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for column in self._mapping.columns_for("topics"):
            value: Value = self._row.values.get(column, "")
            value = value if isinstance(value, list) else self._text(column)
            for topic in values.parse_topics(value):
                if len(topic) > values.MAX_TOPIC_CHARS:
                    self._notes.append(f"the topic “{topic[:40]}…” was cut")
                kept = cut_at_word(topic, values.MAX_TOPIC_CHARS)
                found.setdefault(kept.casefold(), kept)
        if len(found) > values.MAX_TOPICS:
            self._notes.append(f"only the first {values.MAX_TOPICS} topics were kept")
        return tuple(found.values())[: values.MAX_TOPICS]

    def _moment(self, name: str) -> datetime | None:
        for column in self._mapping.columns_for(name):
            text = one_line(self._raw(column))
            if is_no_date(text):
                return None
            try:
                return parse_moment(text, self._mapping.date_orders.get(column, DateOrder()))
            except (ValueError, OverflowError) as error:
                raise _CellError(
                    column,
                    f"“{cut_at_word(text, 60)}” is not a date; write it as 2024-12-31",
                ) from error
        return None

    def _external_id(self) -> str:
        given = self._line("external_id")
        if not given:
            return ""
        prefix = self._mapping.id_prefix
        whole = given if given.startswith(prefix) else prefix + given
        if len(whole) > EXTERNAL_ID_LENGTH:
            column = self._mapping.columns_for("external_id")[0]
            raise _CellError(column, f"the id is longer than {EXTERNAL_ID_LENGTH} letters")
        return whole

    def _source_url(self) -> str:
        given = self._line("source_url")
        known = self._mapping.known
        if not given and known and known.url:
            number = self._line("external_id").removeprefix(self._mapping.id_prefix)
            return known.url.format(id=number) if re.fullmatch(r"\d+", number) else ""
        if given and (len(given) > URL_LENGTH or not re.match(r"https?://\S+$", given)):
            self._notes.append(f"“{cut_at_word(given, 60)}” is not a web address and was left out")
            return ""
        return given
