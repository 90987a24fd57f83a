"""How pronouns are scored, and a slice of GAP against its floor."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bench import coreference
from bench.coreference import GAP, Row, decide, decisions, figures, named, read_gap, strict
from reportedly.parse import load_pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Span

FLOORS = Path(coreference.__file__).with_name("floors-coreference.toml")


def test_the_likelier_of_the_two_is_chosen_if_it_is_likely_enough() -> None:
    ranked = [(7, 0.4), (1, 0.3), (2, 0.2)]
    assert decide(ranked, (1, 2)) == (True, False)
    assert decide(ranked, (2, 7)) == (False, True)
    assert decide([(1, 0.1)], (1, 2)) == (False, False)
    assert decide([], (1, 2)) == (False, False)


def test_of_all_names_only_the_first_can_be_chosen() -> None:
    assert strict([(7, 0.4), (1, 0.3)], (1, 2)) == (False, False)
    assert strict([(2, 0.4), (1, 0.3)], (1, 2)) == (False, True)


def test_figures_count_decisions() -> None:
    found = [((True, False), (True, False), True), ((True, False), (False, True), False)]
    tree = figures(found)
    assert tree["all"] == {"p": 50.0, "r": 50.0, "f1": 50.0}
    assert tree["feminine"] == {"p": 100.0, "r": 100.0, "f1": 100.0}
    assert tree["masculine"] == {"p": 0.0, "r": 0.0, "f1": 0.0}


def test_a_table_is_read(tmp_path: Path) -> None:
    header = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
    line = 'v-1\tOna "O" met Ida. She left.\tShe\t17\tOna\t0\tTRUE\tIda\t12\tFALSE\thttp://example.org\n'
    path = tmp_path / "gap.tsv.gz"
    path.write_bytes(gzip.compress((header + line).encode()))
    (row,) = read_gap(path)
    assert row == Row('Ona "O" met Ida. She left.', Span(17, 20), (Span(0, 3), Span(12, 15)), (True, False))
    assert row.feminine


def test_the_two_names_stand_among_those_found() -> None:
    pipeline = load_pipeline("en", ParseSettings())
    assert pipeline is not None
    row = Row("Ona Berg met Ida Holm. She left.", Span(23, 26), (Span(4, 8), Span(13, 21)), (True, False))
    names, (a, b) = named(pipeline.parse(row.text), row)
    assert a != b
    assert {name.span: name.cluster for name in names}[Span(4, 8)] == a
    assert {name.span: name.cluster for name in names}[Span(13, 21)] == b


@pytest.mark.shared
@pytest.mark.issue(4)
@pytest.mark.skipif(not GAP.exists(), reason="../shared is not here")
def test_a_slice_of_gap_holds_its_floor() -> None:
    tree = figures(decisions(load_pipeline("en", ParseSettings()), read_gap(GAP, 100)))
    assert coreference.below_floor(tree, FLOORS, "first-100") == []
