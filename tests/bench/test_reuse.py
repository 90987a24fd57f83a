from __future__ import annotations

from pathlib import Path

import pytest

from bench.figures import broken
from bench.reuse import FLOORS, Gold, by_hand, by_pair, labelled, main, of_pairs, read_verdicts, score
from bench.wild import ARTICLES
from reportedly.corpus.reuse import find_reuse
from reportedly.types.claims import Reuse, ReuseKind

ONE, OTHER, THIRD = frozenset("ab"), frozenset("cd"), frozenset("ef")


def found(ids: frozenset[str], kind: ReuseKind) -> Reuse:
    a, b = sorted(ids)
    return Reuse(a, b, kind, None, 0.5, 0.5, (), ())


def test_quotations_and_copies_are_scored_apart() -> None:
    pairs = [Gold(ONE, 2), Gold(OTHER, 0), Gold(THIRD, 1)]
    reuse = by_pair([found(ONE, ReuseKind.REWRITE), found(OTHER, ReuseKind.REWRITE)])
    values = {one.name: (one.value, one.n) for one in score(pairs, reuse)}
    assert values == {
        "recall": (50.0, 2),
        "copied": (50.0, 2),
        "told apart": (0.0, 1),
        "spoken found": (100.0, 1),
    }


def test_a_broken_floor_is_told() -> None:
    figures = score([Gold(ONE, 2)], {})
    assert [line.split(" is ")[0] for line in broken(figures, FLOORS, "all")] == [
        "recall",
        "told apart",
        "spoken found",
    ]


def test_pairs_read_by_hand_hold_their_floor() -> None:
    verdicts = read_verdicts()
    assert {one["sample"] for one in verdicts} == {"any", "copied"}
    assert all(sum(one["sample"] == name for one in verdicts) == 60 for name in ("any", "copied"))
    assert {one[column] for one in verdicts for column in ("text", "as_kind")} <= {"right", "wrong"}
    assert broken(by_hand(verdicts), FLOORS, "all") == []


def test_without_the_data_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.reuse.ARTICLES", Path("absent"))
    assert main([]) == 2
    assert "not there" in capsys.readouterr().err


@pytest.mark.shared
@pytest.mark.skipif(not ARTICLES.exists(), reason="../shared is not here")
def test_a_slice_of_the_labelled_pairs_holds_its_floor() -> None:
    pairs = labelled()[:150]
    figures = score(pairs, by_pair(find_reuse(of_pairs(pairs), {})))
    assert broken(figures, FLOORS, "slice") == []
