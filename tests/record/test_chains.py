"""On whose word: chains, vias and the commitment of each voice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.record import StoryParts, build_story, surest
from reportedly.types import (
    Assertion,
    Attribution,
    Candidate,
    Commitment,
    Kind,
    Media,
    Metadata,
    Page,
    Sourcing,
    Span,
    Stance,
    Statement,
    Story,
    Voice,
    VoiceKind,
)

TEXT = "Ada Quill said the mayor told the Buoy divers think the bridge fell. It rained."
PAGE = Page("p", "a.txt", Media.CAPTURE, TEXT)
STORY = Story("s", "p", 0, TEXT, 0, len(TEXT), (), "en", Metadata(outlet="Vell Courier", byline="I. Penhale"))
CT, PR, UU = Commitment.CT_PLUS, Commitment.PR_PLUS, Commitment.UU
BUOY = Voice("Evening Buoy", VoiceKind.OUTLET)
SOURCINGS = (
    Sourcing(Voice("Ada Quill", VoiceKind.PERSON)),
    Sourcing(Voice(kind=VoiceKind.OFFICIAL, role="mayor", affiliation="Port Vell"), (BUOY,)),
    Sourcing(Voice(kind=VoiceKind.GROUP, candidates=(Candidate("A", 0.4), Candidate("B", 0.4)))),
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def told(source: str, cue: str, content: str, parent: int | None) -> Attribution:
    return Attribution((span(source),), (span(cue),), (span(content),), Kind.INDIRECT, 0.5, parent)


NESTED = (
    told("Ada Quill", "said", "the mayor told the Buoy divers think the bridge fell", None),
    told("the mayor", "told the Buoy", "divers think the bridge fell", 0),
    told("divers", "think", "the bridge fell", 1),
)


def built(parts: StoryParts) -> list[Statement]:
    return list(build_story(PAGE, parts).statements)


def test_a_chain_leads_from_the_outlet_inwards() -> None:
    stances = (Stance(CT, UU), Stance(PR, UU, (CT,)), Stance(PR, UU, (CT, UU), (span("think"),), 1.0))
    outer, middle, inner = built(StoryParts(STORY, NESTED, sourcings=SOURCINGS, stances=stances))
    assert outer.chain == ("Vell Courier", "Ada Quill")
    assert middle.chain == ("Vell Courier", "Ada Quill", "Evening Buoy", "mayor, Port Vell")
    assert inner.chain == (*middle.chain, "divers")
    assert (inner.parent, middle.parent, outer.parent) == (middle.id, outer.id, None)
    assert inner.via == (SOURCINGS[0].voice, BUOY, SOURCINGS[1].voice)
    assert inner.voice == SOURCINGS[2].voice
    assert inner.commitments == (UU, CT, None, UU, PR)
    assert (inner.commitment, inner.stance) == (PR, stances[2])


def test_a_parent_that_the_spans_show_stands_in_the_chain_too() -> None:
    unlinked = tuple(replace(one, parent=None) for one in NESTED)
    with_stances = StoryParts(STORY, unlinked, sourcings=SOURCINGS, stances=(Stance(CT, UU),) * 3)
    inner = built(with_stances)[2]
    assert inner.chain == ("Vell Courier", "Ada Quill", "Evening Buoy", "mayor, Port Vell", "divers")
    assert inner.commitments == (UU, None, None, None, CT), "nobody measured those between"


@pytest.mark.parametrize(
    ("name", "outlet", "own"),
    [
        ("Courier", "Vell Courier", True),
        ("the Vell Courier", "Vell Courier", True),
        ("Evening Courier", "Vell Courier", False),
        ("Vell Courier", None, False),
        ("the", "The Vell Courier", False),
    ],
)
def test_the_storys_own_outlet_is_no_step_on_the_way(name: str, outlet: str | None, own: bool) -> None:
    via = (Voice(name, VoiceKind.OUTLET),)
    story = replace(STORY, metadata=Metadata(outlet=outlet))
    (made,) = built(StoryParts(story, NESTED[:1], sourcings=(replace(SOURCINGS[0], via=via),)))
    assert made.chain == ((outlet, "Ada Quill") if own else (outlet, name, "Ada Quill"))
    assert made.via == (() if own else via)


def test_without_voices_the_words_stand_in_the_chain() -> None:
    assert [one.chain[1:] for one in built(StoryParts(STORY, NESTED))] == [
        ("Ada Quill",),
        ("Ada Quill", "the mayor"),
        ("Ada Quill", "the mayor", "divers"),
    ]


def test_the_author_speaks_for_the_outlet() -> None:
    own = (Assertion(span("It rained."), 0.5, (span("It rained"),)),)
    (made,) = built(StoryParts(STORY, (), own, own_stances=(Stance(PR, PR),)))
    assert (made.chain, made.voice, made.commitments) == (
        ("Vell Courier",),
        Voice("I. Penhale", VoiceKind.AUTHOR),
        (PR,),
    )
    assert made.presupposed == (span("It rained"),)
    plain = replace(STORY, metadata=Metadata(outlet="Vell Courier"))
    (made,) = built(StoryParts(plain, (), own))
    assert (made.voice.name, made.commitments) == ("Vell Courier", (None,))


def test_two_attributions_that_are_one_statement_make_no_circle() -> None:
    looped = (*NESTED[:2], replace(NESTED[0], parent=1))
    made = built(StoryParts(STORY, looped))
    assert [one.parent is None for one in made] == [True, False]


@pytest.mark.parametrize(
    "parts",
    [
        StoryParts(STORY, NESTED, sourcings=SOURCINGS[:2]),
        StoryParts(STORY, NESTED, stances=(Stance(CT, UU),)),
        StoryParts(STORY, (replace(NESTED[0], parent=0),)),
        StoryParts(STORY, NESTED, stances=(Stance(CT, UU, (), (Span(0, 10_000),)),) * 3),
        StoryParts(STORY, NESTED, sourcings=(Sourcing(Voice(evidence=(Span(-1, 3),))),) * 3),
    ],
)
def test_parts_that_do_not_belong_together_are_loud(parts: StoryParts) -> None:
    with pytest.raises(ValueError, match=r"one each|does not stand before|outside story"):
        built(parts)


@pytest.mark.parametrize(
    ("confidences", "kept"),
    [
        ((0.9, 0.9, 0.9), [(0, None), (1, 0), (2, 1)]),
        ((0.9, 0.1, 0.9), [(0, None), (2, 0)]),
        ((0.1, 0.1, 0.9), [(2, None)]),
        ((0.1, 0.9, 0.9), [(1, None), (2, 0)]),
    ],
)
def test_what_is_too_unsure_leaves_its_place(
    confidences: tuple[float, ...], kept: list[tuple[int, int | None]]
) -> None:
    given_ = [replace(one, confidence=value) for one, value in zip(NESTED, confidences, strict=True)]
    found = surest(given_, 0.5)
    cues = [one.cue for one in NESTED]
    assert [(cues.index(one.cue), one.parent) for one in found] == kept


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.integers(0, 9)), min_size=1, max_size=8))
def test_chains_begin_with_the_outlet_and_parents_never_circle(places: list[tuple[int, int, int]]) -> None:
    found = []
    for at, (start, length, parent) in enumerate(places):
        where = Span(start, min(start + length, len(TEXT)))
        found.append(Attribution((where,), (), (where,), Kind.MIXED, 0.5, parent if parent < at else None))
    made = {one.id: one for one in built(StoryParts(STORY, tuple(found)))}
    for one in made.values():
        assert one.chain[0] == "Vell Courier"
        assert len(one.chain) == len(one.via) + 2 == len(one.commitments)
        above, seen = one, [one.id]
        while above.parent:
            above = made[above.parent]
            assert above.id not in seen
            seen.append(above.id)
        assert len(seen) == len(one.chain) - 1
