"""Half two as a whole: when it runs, what it leaves in the case, and what always holds of that."""

import json
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly import schema
from reportedly.corpus import plan
from reportedly.schema.docs import column_values
from reportedly.settings import Settings
from reportedly.store import Case
from reportedly.types import Commitment
from tests.corpus.written import ENGINE, Line, Told, entry, write

pytestmark = pytest.mark.issue(5)

SHUT = Line("The lock at Tam was shut on 3 May", "Ines Marlow")
STORIES = (
    Told("Tam Courier", "2019-05-03", [SHUT, Line("Barges waited for hours at Lower Tam")]),
    Told("Evening Buoy", "2019-05-04", [SHUT, Line("The keeper of the lock was on leave", "Odo Wray")]),
    Told(
        "Canal Weekly",
        "2019-05-09",
        [Line("The lock at Tam may have been shut", "Odo Wray", Commitment.PS_PLUS)],
    ),
    Told(
        "Tam Courier",
        "2019-05-10",
        [Line("The lock at Tam was not shut", "Canal Board", Commitment.CT_MINUS)],
    ),
    Told(None, None, [Line("The lock at Tam was shut on 3 May"), Line("Nobody was at the lock on 3 May")]),
)


def ran(path: Path, again: bool = False) -> plan.Run:
    return plan.run(path, Settings(), again=again)


def select(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with Case.open_readonly(path) as case:
        return [tuple(row) for row in case.select(sql)]


def derived(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {name: sorted(select(path, f"SELECT * FROM {name}"), key=repr) for name in schema.DERIVED}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = write(tmp_path / "c.db", STORIES)
    ran(path)
    return path


def test_a_run_names_its_inputs_engines_and_counts(case: Path) -> None:
    (row,) = select(case, "SELECT engines, models, settings, stories, statements, claims, left_out FROM runs")
    assert (json.loads(row[0]), json.loads(row[1])) == ([ENGINE.id], [ENGINE.model])
    assert json.loads(row[2]) == [json.loads(ENGINE.settings)]
    assert row[3:5] == (len(STORIES), sum(len(told.lines) for told in STORIES))
    assert row[5] == select(case, "SELECT count(*) FROM claims")[0][0]
    assert json.loads(row[6]) == {}


def test_nothing_is_worked_out_twice(case: Path) -> None:
    before = derived(case)
    assert not ran(case).fresh
    assert ran(case, again=True).fresh
    assert derived(case) == before


def test_an_added_page_asks_for_another_run(case: Path) -> None:
    write(case, [Told("Late Paper", "2019-05-11", [SHUT])])
    with Case.open_readonly(case) as opened:
        assert not plan.is_current(opened)
    done = ran(case)
    assert done.fresh
    assert done.stories == len(STORIES) + 1


def test_a_step_that_fails_leaves_the_case_as_it_was(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = derived(case)
    write(case, [Told("Late Paper", "2019-05-11", [SHUT])])

    def broken(*_: object) -> Callable[..., object]:
        raise RuntimeError("killed here")

    monkeypatch.setattr("reportedly.corpus.naming.prepare", broken)
    with pytest.raises(RuntimeError, match="killed here"):
        ran(case)
    assert derived(case) == before
    monkeypatch.undo()
    assert ran(case).fresh


def test_a_write_that_fails_leaves_the_case_as_it_was(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = derived(case)
    write(case, [Told("Late Paper", "2019-05-11", [SHUT])])
    monkeypatch.setattr(plan, "_manifest", lambda *_: ("too", "few"))
    with pytest.raises(Exception, match="bindings"):
        ran(case)
    assert derived(case) == before


def test_the_rows_are_those_of_the_schema(case: Path) -> None:
    for name in schema.DERIVED:
        table = schema.tables()[name]
        for row in select(case, f"SELECT {', '.join(table.column_names)} FROM {name}"):
            for column, value in zip(table.columns, row, strict=True):
                assert column.null or value is not None, (name, column.name)
                values = column_values(column)
                assert not values or value is None or value in values, (name, column.name)


TOLD = st.builds(
    Told,
    outlet=st.sampled_from(["Tam Courier", "Evening Buoy", "Canal Weekly", None]),
    published=st.sampled_from(["2019-05-03", "2019-05-04", "2019-05", "2031-01-01", None]),
    lines=st.lists(
        st.builds(
            Line,
            words=st.sampled_from([line.words for told in STORIES for line in told.lines]),
            source=st.sampled_from([None, "Ines Marlow", "Odo Wray", "an official of the Canal Board"]),
            commitment=st.sampled_from([Commitment.CT_PLUS, Commitment.PS_PLUS, Commitment.CT_MINUS]),
            quoted=st.booleans(),
        ),
        min_size=1,
        max_size=3,
    ),
)
SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(stories=st.lists(TOLD, min_size=1, max_size=6), cuts=st.lists(st.integers(0, 6), max_size=2))
def test_growing_story_by_story_ends_as_one_whole_run(
    stories: list[Told], cuts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("grown")
    whole = write(folder / "whole.db", stories)
    ran(whole)
    grown = folder / "grown.db"
    bounds = sorted({0, *(cut for cut in cuts if cut < len(stories)), len(stories)})
    for start, end in pairwise(bounds):
        write(grown, list(reversed(stories[start:end])))
        ran(grown)
    assert derived(grown) == derived(whole)


@SLOW
@given(stories=st.lists(TOLD, min_size=1, max_size=7))
def test_what_always_holds(stories: list[Told], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("holds") / "c.db", stories)
    ran(path)
    check_whole(path)


def check_whole(path: Path) -> None:
    """Hold the derived tables of a case to what must be true of any."""
    statements = {row[0] for row in select(path, "SELECT id FROM statements")}
    roles: dict[str, dict[str, list[str]]] = {}
    for claim, role, one in select(path, "SELECT claim_id, role, statement_id FROM claim_statements"):
        roles.setdefault(claim, {}).setdefault(role, []).append(one)
        assert one in statements
    supported = [one for parts in roles.values() for one in parts["support"]]
    assert len(supported) == len(set(supported)), "a statement supports two claims"
    grounds: dict[str, list[list[str]]] = {}
    for claim, ground, one in select(
        path, "SELECT * FROM (SELECT claim_id, ground, statement_id FROM grounds)"
    ):
        found = grounds.setdefault(claim, [])
        found.extend([] for _ in range(ground + 1 - len(found)))
        found[ground].append(one)
    for claim, low, high, amount in select(path, "SELECT id, low, high, statements FROM claims"):
        support = roles[claim]["support"]
        assert 0 <= low <= high <= amount == len(support)
        assert not set(support) & {*roles[claim].get("against", []), *roles[claim].get("hedged", [])}
        told = [one for ground in grounds.get(claim, []) for one in ground]
        assert set(told) <= set(support)
        assert len(grounds.get(claim, [])) == high
    _check_ends(path, statements)


def _check_ends(path: Path, statements: set[str]) -> None:
    stories = {row[0] for row in select(path, "SELECT id FROM stories")}
    lengths = dict(select(path, "SELECT id, length(text) FROM stories"))
    for source, target, outside in select(path, "SELECT source, target, outside FROM derivations"):
        assert target in statements
        assert (source in statements) != (source is None and bool(outside))
    for a, b in select(path, "SELECT a, b FROM pairs"):
        assert {a, b} <= statements
        assert a != b
    for a, b, a_end, b_end in select(path, "SELECT a, b, a_end, b_end FROM passages"):
        assert a_end <= lengths[a]
        assert b_end <= lengths[b]
    assert {row[0] for row in select(path, "SELECT story_id FROM loops")} <= stories


def test_an_entry_is_the_same_wherever_it_is_written() -> None:
    pages: Sequence[str | None] = [entry([told]).page_id for told in (*STORIES, *STORIES)]
    assert pages[: len(STORIES)] == pages[len(STORIES) :]
