"""The bad input of issue 5: an honest answer, no crash, no hang."""

import time
from pathlib import Path
from typing import Any

import pytest

from reportedly.corpus import plan
from reportedly.settings import Settings
from tests.corpus.test_plan import check_whole, ran, select
from tests.corpus.written import Line, Told, write

pytestmark = pytest.mark.issue(5)

MOST_SECONDS = 90
"""Of processor time: a run that is quadratic in statements or in copies takes many times as long."""
OPENING = Line("The sluice at Vanner opened at 4 on Friday", "Ilse Korda")
NEWS = (
    OPENING,
    Line("Water stood in 31 cellars of the lower town"),
    Line("We slept on the roof of the school", "Pavo Lind", quoted=True),
    Line("The regional council will meet on the matter before the end of the month"),
)


def claims(path: Path) -> list[dict[str, Any]]:
    names = ("text", "low", "high", "stories", "outlets", "first_seen", "undated", "reasons")
    rows = select(path, f"SELECT {', '.join(names)} FROM claims")
    return [dict(zip(names, row, strict=True)) for row in rows]


def of(path: Path, words: str) -> dict[str, Any]:
    (found,) = (one for one in claims(path) if words in one["text"])
    return found


def made(path: Path, stories: list[Told]) -> Path:
    write(path, stories)
    ran(path)
    check_whole(path)
    return path


def test_an_empty_case(tmp_path: Path) -> None:
    assert claims(made(tmp_path / "c.db", [])) == []


def test_one_story(tmp_path: Path) -> None:
    found = claims(made(tmp_path / "c.db", [Told("Vanner Post", "2021-06-04", NEWS)]))
    assert len(found) == len(NEWS)
    assert {(one["low"], one["high"], one["stories"], one["outlets"]) for one in found} == {(1, 1, 1, 1)}


def test_a_story_without_any_statement(tmp_path: Path) -> None:
    assert claims(made(tmp_path / "c.db", [Told("Vanner Post", "2021-06-04", [])])) == []


@pytest.mark.parametrize("days", [True, False], ids=["dated", "undated"])
def test_a_thousand_copies_of_one_story(tmp_path: Path, days: bool) -> None:
    stories = [
        Told(
            f"Copy Paper {number}", f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}" if days else None, NEWS
        )
        for number in range(1_000)
    ]
    began = time.process_time()
    path = made(tmp_path / "c.db", stories)
    assert time.process_time() - began < MOST_SECONDS
    found = of(path, "sluice at Vanner")
    assert (found["low"], found["high"], found["stories"]) == (1, 1, 1_000)
    assert len(claims(path)) == len(NEWS)
    assert select(path, "SELECT count(*) FROM reuse")[0][0] < 10_000, "copies are linked to the first one"
    assert select(path, "SELECT count(*) FROM pairs")[0][0] < 10 * 1_000 * len(NEWS)


def test_a_story_with_5000_statements(tmp_path: Path) -> None:
    lines = [
        Line(f"Gauge {number} at Vanner stood at {number * 7 % 900} marks", "Ilse Korda")
        for number in range(5_000)
    ]
    began = time.process_time()
    path = made(
        tmp_path / "c.db", [Told("Gauge List", "2021-06-04", lines), Told("Vanner Post", "2021-06-05", NEWS)]
    )
    assert time.process_time() - began < MOST_SECONDS
    assert select(path, "SELECT sum(statements) FROM claims") == [(5_000 + len(NEWS),)]


def test_no_dates_at_all(tmp_path: Path) -> None:
    stories = [
        Told("Vanner Post", None, NEWS),
        Told("River News", None, NEWS),
        Told("Dike Daily", None, NEWS[:2]),
    ]
    path = made(tmp_path / "c.db", stories)
    found = of(path, "sluice at Vanner")
    assert (found["first_seen"], found["undated"], found["stories"]) == (None, 3, 3)
    assert found["high"] == 1
    assert {row[0] for row in select(path, "SELECT origin FROM reuse")} == {None}


def test_dates_in_the_future(tmp_path: Path) -> None:
    stories = [Told("Vanner Post", "2999-12-31", NEWS), Told("River News", "2021-06-04", NEWS)]
    found = of(made(tmp_path / "c.db", stories), "sluice at Vanner")
    assert (found["first_seen"], found["high"]) == ("2021-06-04", 1)


def test_the_same_story_under_two_outlets_and_dates(tmp_path: Path) -> None:
    stories = [Told("Vanner Post", "2021-06-04", NEWS), Told("River News", "2021-06-09", NEWS)]
    path = made(tmp_path / "c.db", stories)
    found = of(path, "sluice at Vanner")
    assert (found["low"], found["high"], found["outlets"]) == (1, 1, 2)
    ((kind, outlet),) = select(path, "SELECT r.kind, s.outlet FROM reuse r JOIN stories s ON s.id = r.origin")
    assert (kind, outlet) == ("reprint", "Vanner Post")


def test_contradictory_bylines(tmp_path: Path) -> None:
    """One text under two names: still one origin, and neither name is taken for the writer of both."""
    stories = [
        Told("Vanner Post", "2021-06-04", NEWS, byline="Ada Brandt"),
        Told("River News", "2021-06-04", NEWS, byline="Tove Lark"),
    ]
    found = of(made(tmp_path / "c.db", stories), "sluice at Vanner")
    assert (found["low"], found["high"], found["outlets"]) == (1, 1, 2)


def test_a_corpus_of_one_outlet(tmp_path: Path) -> None:
    stories = [Told("Vanner Post", f"2021-06-{day:02}", NEWS) for day in range(1, 9)]
    found = of(made(tmp_path / "c.db", stories), "sluice at Vanner")
    assert (found["low"], found["high"], found["outlets"]) == (1, 1, 1)


def test_no_outlet_is_named(tmp_path: Path) -> None:
    found = claims(made(tmp_path / "c.db", [Told(None, "2021-06-04", NEWS), Told(None, None, NEWS)]))
    assert {one["outlets"] for one in found} == {1}


def test_half_of_the_stories_are_partial(tmp_path: Path) -> None:
    """Teasers beside a story support nothing; what is left is counted as it stands."""
    stories = []
    for number in range(4):
        stories.append(
            Told(f"Paper {number}", "2021-06-04", [Line(f"Fair number {number} opened at Vanner")])
        )
        stories.append(Told(f"Paper {number}", "2021-06-05", [OPENING], partial=True, beside=True))
    stories.append(Told("Vanner Post", "2021-06-03", [OPENING]))
    found = of(made(tmp_path / "c.db", stories), "sluice at Vanner")
    assert (found["low"], found["high"], found["stories"], found["outlets"]) == (1, 1, 1, 1)


def test_odd_words(tmp_path: Path) -> None:
    """Nothing but signs, one letter, one very long word, another script, the null character."""
    words = ["?!", "a", "x" * 50_000, "کشتی تا جمعه نمی‌رود", "1 2 3", "\u202egnp", "a\x00b"]
    made(tmp_path / "c.db", [Told("Odd Paper", "2021-06-04", [Line(one), Line(one, "Odo")]) for one in words])


def test_settings_are_read(tmp_path: Path) -> None:
    path = write(tmp_path / "c.db", [Told("Vanner Post", "2021-06-04", NEWS)])
    steps: list[str] = []
    plan.run(path, Settings(), steps.append)
    assert steps == ["reading", "actors", "reuse", "matching", "disputes", "grouping", "origins", "writing"]
