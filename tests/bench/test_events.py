"""How groups of event mentions are scored, and a slice of ECB+ against its floor."""

from __future__ import annotations

import numpy as np
import pytest

from bench import events
from bench.events import FLOORS, b_cubed, by_key, ceaf, fitted, joined, laid_out, measure, muc
from bench.figures import broken

GOLD = by_key("aaabb")


def test_gold_itself_is_right() -> None:
    assert b_cubed(GOLD, GOLD) == muc(GOLD, GOLD) == ceaf(GOLD, GOLD) == 100


def test_all_in_one_and_all_alone() -> None:
    together, alone = by_key("xxxxx"), by_key(range(5))
    assert b_cubed(GOLD, together) == pytest.approx(100 * 2 * 0.52 / 1.52)
    assert b_cubed(GOLD, alone) == pytest.approx(100 * 2 * 0.4 / 1.4)
    assert muc(GOLD, alone) == 0
    assert muc(GOLD, together) == pytest.approx(100 * 2 * 0.75 / 1.75)
    assert ceaf(GOLD, together) == pytest.approx(100 * 2 * 0.75 * 0.375 / 1.125)


def test_average_linkage() -> None:
    pairs = [(0, 1), (1, 2), (0, 2), (2, 3)]
    groups = joined(4, pairs, np.array([0.9, 0.8, 0.6, 0.3]))
    assert sorted(map(sorted, groups)) == [[0, 1, 2], [3]]
    assert sorted(map(sorted, joined(3, pairs[:3], np.array([0.9, 0.8, 0.1])))) == [[0, 1], [2]]


def test_the_fit_finds_the_feature_that_tells() -> None:
    values = np.array([[1, 0, 1], [1, 0, 0], [1, 1, 1], [1, 1, 0]] * 10, dtype=float)
    weights = fitted(values, values[:, 1])
    assert weights[1] > 2 > abs(weights[2])


def test_documents_become_statements_with_their_mentions() -> None:
    event = {"kind": "event", "sent": 1, "tokens": [2], "head": 2, "chain": "E1"}
    document = {
        "id": "d",
        "topic": 1,
        "title": "t",
        "sentences": [["It", "rained", "."], ["A", "mast", "fell", "."]],
        "mentions": [event, {**event, "kind": "entity"}],
    }
    corpus, (mention,) = laid_out([document])
    assert [one.content for one in corpus.statements] == ["It rained .", "A mast fell ."]
    assert (mention.chain, mention.statement, corpus.stories[0].text[mention.at :]) == ("E1", 1, "fell .\n")


@pytest.mark.shared
def test_a_slice_keeps_its_floor() -> None:
    if not events.EVENTS.exists():
        pytest.skip("../shared/data/events is not there")
    assert broken(measure(60), FLOORS, "slice") == []
