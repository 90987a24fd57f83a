"""What goes through the waist comes back as it was."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.record import build_story
from reportedly.store import rows, statement_rows
from reportedly.store.rows import calendar_range, storable
from reportedly.types import OffsetMap, Reason, Reject, Stage, Statement, Voice
from tests.store import samples


def test_stories_come_back_whole() -> None:
    for story in samples.record().stories:
        blocks = list(rows.set_aside_rows(story))
        assert rows.story_of(rows.story_row(story, True), blocks) == story


def test_statements_come_back_whole() -> None:
    made = samples.record()
    story = made.stories[0]
    plain = build_story(made.page, replace(samples.parts(story), sourcings=(), stances=(), own_stances=()))
    for one in (*made.statements, *plain.statements, replace(made.statements[0], parent="0" * 16)):
        parts = statement_rows.part_rows(one, story, OffsetMap(story))
        row, back = statement_rows.statement_row(one), {name: list(rows) for name, rows in parts.items()}
        assert statement_rows.statement_of(row, back) == one


def test_the_sample_fills_every_field() -> None:
    """Else the test above could not tell that one is lost."""
    empty = [
        (kind.__name__, leaf.name)
        for kind, found in (
            (Statement, samples.record().statements),
            (Voice, (samples.QUILL, replace(samples.MAYOR, reason="no antecedent"))),
        )
        for leaf in fields(kind)
        if not any(getattr(one, leaf.name) for one in found)
    ]
    assert empty == [("Statement", "parent")]


def test_rejects_come_back_whole() -> None:
    reject = Reject(Stage.READ, Reason.BINARY, "a/b", "zeros")
    assert rows.reject_of(rows.reject_row(reject, None)) == reject


def test_a_reject_is_named_by_what_it_says() -> None:
    one = Reject(Stage.READ, Reason.BINARY, "a/b", "zeros")
    assert rows.reject_row(one, None)["id"] == rows.reject_row(replace(one, detail="other"), None)["id"]
    assert rows.reject_row(one, None)["id"] != rows.reject_row(replace(one, place="a/c"), None)["id"]


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2018", ("2018-01-01", "2018-12-31")),
        ("2018-02", ("2018-02-01", "2018-02-28")),
        ("2016-02", ("2016-02-01", "2016-02-29")),
        ("2018-03-14", ("2018-03-14", "2018-03-14")),
        ("2018-02-30", None),
        ("2018-13", None),
        ("0000", None),
        ("yesterday", None),
        ("2018-03-14T10:00", None),
        (None, None),
    ],
)
def test_calendar_range(value: str | None, days: tuple[str, str] | None) -> None:
    assert calendar_range(value) == days


@given(st.text(st.characters(codec=None)))
def test_storable_text_keeps_its_length_and_can_be_encoded(text: str) -> None:
    clean = storable(text)
    assert isinstance(clean, str)
    assert len(clean) == len(text)
    assert clean.encode("utf-8").decode("utf-8") == clean
