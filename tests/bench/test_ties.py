"""The bench of ties: matching, reading its sets, and the floors on a slice."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.ties import OWN, RE3D, Expected, is_expected, meets, re3d_pairs, read_own, score_re3d
from reportedly.types import Actor, ActorKind, Span, Tie


def tie(subject: tuple[int, int], other: tuple[int, int]) -> Tie:
    ends = [Actor(name, ActorKind.PERSON, Span(*at)) for name, at in (("A", subject), ("B", other))]
    return Tie(ends[0], "meet", "CONSULT", ends[1], False, Span(5, 8), 0.9)


def test_a_pair_is_met_in_either_order_and_only_by_both_ends() -> None:
    assert meets(tie((0, 4), (10, 14)), [(2, 6), (12, 20)])
    assert meets(tie((10, 14), (0, 4)), [(2, 6), (12, 20)])
    assert not meets(tie((0, 4), (30, 34)), [(2, 6), (12, 20)])


@pytest.mark.parametrize(("plover", "either"), [("CONSULT", True), ("ASSAULT", False)])
def test_order_matters_where_one_side_does_it(plover: str, either: bool) -> None:
    wanted = Expected(((10, 14),), plover, ((0, 4),), False)
    assert is_expected(tie((0, 4), (10, 14)), wanted) is either
    assert is_expected(tie((10, 14), (0, 4)), wanted)


def test_pairs_of_re3d_are_deeds_between_actors() -> None:
    entities = [
        {"begin": at, "end": at + 1, "type": kind}
        for at, kind in enumerate(["Person", "Organisation", "Location"])
    ]

    def relation(kind: str, target: int, confidence: float) -> dict[str, object]:
        ends = {"sourceBegin": 0, "sourceEnd": 1, "targetBegin": target, "targetEnd": target + 1}
        return {"type": kind, "confidence": confidence, **ends}

    relations = [
        relation("Likes", 1, 1),
        relation("Likes", 2, 1),
        relation("BelongsTo", 1, 1),
        relation("Dislikes", 1, 0.2),
    ]
    assert re3d_pairs({"entities": entities, "relations": relations}) == {frozenset({(0, 1), (1, 2)})}


def test_our_own_passages_can_be_read_and_are_enough() -> None:
    counts = {path.stem: sum(len(wanted) for _, wanted in read_own(path)) for path in OWN.glob("*.yaml")}
    assert sum(counts.values()) >= 80
    assert counts["fresh"] >= 29


def test_words_that_are_not_in_the_text_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("- {text: Ann met Bo., ties: [Ann | meet | CONSULT | Cy]}", encoding="utf-8")
    with pytest.raises(ValueError, match="Cy"):
        list(read_own(path))


@pytest.mark.shared
@pytest.mark.issue(4)
@pytest.mark.skipif(not RE3D.exists(), reason="../shared is not here")
def test_the_shipped_model_holds_a_floor_on_a_slice_of_re3d() -> None:
    row = score_re3d(limit=12)
    assert row["precision"] >= 0.4
    assert row["recall"] >= 0.2
