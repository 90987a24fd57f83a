"""What statements rest on and how many origins that makes: cases as data, and what always holds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus.derivations.telling import answer

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.issue(5)


@pytest.mark.parametrize("case", CASES, ids=[one["about"] for one in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = answer(case)
    assert [found.origins.low, found.origins.high] == case["range"], found.origins.reasons
    if "links" in case:
        assert found.links == set(case["links"])
    if "outside" in case:
        assert list(found.origins.outside) == case["outside"]
    assert [sorted(one) for one in found.loops] == [sorted(one) for one in case.get("loops", ())]
    if "reason" in case:
        assert any(case["reason"] in one for one in found.origins.reasons), found.origins.reasons


def test_every_case_has_a_name_of_its_own() -> None:
    assert len({one["about"] for one in CASES}) == len(CASES)


VOICES = [
    None,
    {"kind": "person", "name": "Ada Fenn"},
    {"kind": "person", "name": "A. Fenn", "role": "chair", "affiliation": "Tidal Trust"},
    {"kind": "organisation", "name": "Tidal Trust"},
    {"kind": "official", "role": "official", "affiliation": "Harbour Office", "anonymous": True},
    {"kind": "official", "role": "senior official"},
    {"kind": "official", "role": "harbour master"},
    {"kind": "document", "role": "report of the Harbour Office"},
    {"kind": "outlet", "name": "Story 0"},
    {"kind": "outlet", "name": "Story 1"},
    {"kind": "outlet", "name": "Coast Radio"},
    {"kind": "unspecified", "reason": "no antecedent"},
]


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    """Draw up to seven stories with the same words from any source, on any day, and their copies."""
    stories = {}
    for number in range(draw(st.integers(1, 7))):
        voice = draw(st.sampled_from(VOICES))
        told: dict[str, Any] = {"content": "The mill wheel broke at noon"}
        if voice is not None:
            told |= {"voice": voice, "cue": "said", "source": voice.get("name") or voice.get("role")}
        says = [told, {"content": "The mill wheel broke at noon"}] if draw(st.booleans()) else [told]
        day = draw(st.sampled_from([None, "2020-02-03", "2020-02-04", "2999-01-01"]))
        agency = draw(st.sampled_from([None, "Tern News"]))
        stories[f"s{number}"] = {"outlet": f"Story {number}", "day": day, "agency": agency, "says": says}
    names = sorted(stories)
    pairs = draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=3))
    kinds = st.sampled_from(["reprint", "trim", "rewrite", "wire", "same-speaker"])
    reuse = [
        {
            "kind": draw(kinds),
            "between": [a, b],
            "same": ["The mill wheel broke"],
            "origin": draw(st.sampled_from([a, b, None])),
        }
        for a, b in pairs
        if a != b
    ]
    changes = [
        [draw(st.sampled_from(["retraction", "distortion"])), f"{a}-1", f"{b}-1"]
        for a, b in pairs
        if draw(st.booleans())
    ]
    return {"stories": stories, "reuse": reuse, "pairs": changes}


@settings(max_examples=120, deadline=None)
@given(claims())
def test_nothing_is_counted_twice_and_the_range_is_one(case: dict[str, Any]) -> None:
    found = answer(case)
    statements = sum(len(leaf["says"]) for leaf in case["stories"].values())
    assert 0 <= found.origins.low <= found.origins.high <= statements
    assert len(found.origins.grounds) == found.origins.high
    grounded = [name for ground in found.origins.grounds for name in ground]
    assert len(set(grounded)) == len(grounded)
    assert all(found.origins.grounds)
    assert len(set(found.derivations)) == len(found.derivations)
    for one in found.derivations:
        assert one.evidence.strip()
        assert (one.source is None) == (one.outside is not None)
        assert one.source != one.target


@settings(max_examples=30, deadline=None)
@given(claims())
def test_the_same_rows_give_the_same_answer(case: dict[str, Any]) -> None:
    assert answer(case) == answer(case)


@pytest.mark.parametrize("voice", ["own", "people", "officials", "cite"])
def test_a_thousand_stories_of_one_claim_take_a_moment(voice: str) -> None:
    voices: dict[str, Callable[[int], dict[str, str] | None]] = {
        "own": lambda _: None,
        "people": lambda n: {"kind": "person", "name": f"Ada{n} Fenn{n}"},
        "officials": lambda n: {"kind": "official", "role": "official", "affiliation": f"Office {n}"},
        "cite": lambda n: {"kind": "outlet", "name": f"Story {n // 2}"},
    }
    stories = {}
    for number in range(1_000):
        told: dict[str, Any] = {"content": "The mill wheel broke at noon"}
        who = voices[voice](number)
        if who is not None:
            told |= {
                "voice": who,
                "cue": "said",
                "source": who.get("name") or f"an official at Office {number}",
            }
        stories[f"s{number:04}"] = {"outlet": f"Story {number}", "says": [told]}
    began = time.process_time()
    found = answer({"stories": stories})
    assert time.process_time() - began < 15
    assert found.origins.high == (1 if voice == "cite" else 1_000)
