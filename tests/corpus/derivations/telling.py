"""Rows of half two from a few lines of YAML: stories with the statements of one claim, and who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reportedly.corpus import derivations, origins
from reportedly.types import Kind, Span, Voice
from reportedly.types.claims import (
    ActorEntry,
    Actors,
    Corpus,
    Derivation,
    Origins,
    Pair,
    Passage,
    Relation,
    Reuse,
    ReuseKind,
    StatementRow,
    StoryRow,
)
from reportedly.types.speech import VoiceKind

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What was found of a claim. links: "from > to how must", ends by story."""

    origins: Origins
    loops: tuple[tuple[str, ...], ...]
    derivations: tuple[Derivation, ...]
    links: set[str]


def answer(case: Tree) -> Answer:
    """Work a case out: what the statements rest on, and how many origins they have."""
    corpus, actors = corpus_of(case), actors_of(case)
    support = [one.id for one in corpus.statements if not one.id.endswith("-not")]
    made = derivations.prepare(corpus, actors, reuse_of(case, corpus))(support)
    pairs = [Pair(a, b, Relation(kind), 1.0, ()) for kind, a, b in case.get("pairs", ())]
    counted, loops = origins.prepare(corpus, actors)(support, made, pairs)
    return Answer(counted, loops, made, {link(one) for one in made})


def link(one: Derivation) -> str:
    """Return a derivation on one line."""
    source = one.source.partition("-")[0] if one.source is not None else f"[{one.outside}]"
    return f"{source} > {one.target.partition('-')[0]} {one.how} {'must' if one.certain else 'may'}"


def corpus_of(case: Tree) -> Corpus:
    """Return the corpus of a case. Statements are `story-1`, `story-2`; not of the claim: `story-1-not`."""
    stories, statements = [], []
    for name, leaf in case["stories"].items():
        text = (
            " ".join(leaf["text"].split()) if "text" in leaf else " ".join(_said(one) for one in leaf["says"])
        )
        stories.append(
            StoryRow(
                id=name,
                page_id=name,
                page=f"{name}.html",
                index=0,
                text=text,
                outlet=leaf.get("outlet", name.title()),
                agency=leaf.get("agency"),
                published=leaf.get("day", "2020-02-03"),
            )
        )
        for number, one in enumerate(leaf["says"], 1):
            statements.append(_statement(name, number, one, text))
    return Corpus(tuple(stories), tuple(statements), np.zeros((0, 384), np.float32))


def _said(one: Tree) -> str:
    return (
        " ".join(f"{one['content']}, {one.get('source', '')} {one.get('cue', '')}".split()).strip(" ,") + "."
    )


def _statement(story: str, number: int, one: Tree, text: str) -> StatementRow:
    start = text.index(one["content"])
    voice = Voice(**{**one.get("voice", {}), **_kind(one.get("voice", {}))})
    author = "voice" not in one
    return StatementRow(
        id=f"{story}-{number}{'-not' if one.get('not') else ''}",
        story_id=story,
        kind=Kind.AUTHOR if author else Kind(one.get("kind", "indirect")),
        content=one["content"],
        spans=(Span(start, start + len(one["content"])),),
        cue=one.get("cue"),
        source=one.get("source"),
        voice=Voice(kind=VoiceKind.AUTHOR) if author else voice,
        via=tuple(Voice(name=name, kind=VoiceKind.OUTLET) for name in one.get("via", ())),
        chain=(story, voice.name) if not author else (story,),
        commitment=None,
        commitments=(),
        confidence=1.0,
        names=tuple((name, label) for name, label in one.get("names", ())),
    )


def _kind(voice: Tree) -> dict[str, VoiceKind]:
    return {"kind": VoiceKind(voice["kind"])} if "kind" in voice else {}


def actors_of(case: Tree) -> Actors:
    """Return who is who: `speakers` by statement, `parties`, `cited`, `offices`; outlets by their name."""
    outlets = {name: leaf.get("outlet", name.title()) for name, leaf in case["stories"].items()}
    named: dict[str, str] = {**case.get("speakers", {})}
    known = {*named.values(), *case.get("parties", {}).values(), *outlets.values()}
    known |= {name for names in case.get("cited", {}).values() for name in names}
    entries = {
        name: ActorEntry(name, name, "outlet" if name in outlets.values() else "person", (name,))
        for name in known
    }
    return Actors(
        entries,
        {},
        {story: name for story, name in outlets.items() if name},
        named,
        case.get("parties", {}),
        {one: tuple(names) for one, names in case.get("cited", {}).items()},
        offices=case.get("offices", {}),
    )


def reuse_of(case: Tree, corpus: Corpus) -> Sequence[Reuse]:
    """Return which stories share text; `same` are the words, which stand in both."""
    texts = {story.id: story.text for story in corpus.stories}
    return [_reuse(one, texts) for one in case.get("reuse", ())]


def _reuse(one: Tree, texts: Mapping[str, str]) -> Reuse:
    a, b = one["between"]
    passages = tuple(
        Passage(_place(texts[a], words), _place(texts[b], words), True, False) for words in one["same"]
    )
    shares = one.get("shares", [0.5, 0.5])
    return Reuse(a, b, ReuseKind(one["kind"]), one.get("origin", a), shares[0], shares[1], passages, ())


def _place(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))
