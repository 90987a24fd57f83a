"""`python -m bench.entities`: named entities of the shipped model on UNER English EWT dev.

F1 of spans with their kind, PER, ORG and LOC only, all words and the kind equal. ``entities`` with the
corpus's tokens and sentences given, ``entities_raw`` with nothing given but the text, by characters.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from bench.conllu import Sentence, documents, flow, raw
from bench.figures import DATA, Figure, f1, pipeline, run
from reportedly.model.syntax import ENTITIES

CORPUS = DATA / "ner" / "uner_ewt-dev.iob2.gz"
KINDS = ("PER", "ORG", "LOC")
NAME = "UNER English EWT dev"

Found = set[tuple[int, int, str]]


def measure(limit: int | None) -> Iterator[Figure]:
    """Yield the figures over the first ``limit`` documents."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for document in documents(CORPUS, limit):
        sentences = [_spaced(sentence) for sentence in document]
        for way, gold, found in (("", *_given(sentences)), ("_raw", *_raw(sentences))):
            for kind in KINDS:
                of_kind = [{span for span in spans if span[2] == kind} for spans in (gold, found)]
                counts[way, kind, "gold"] += len(of_kind[0])
                counts[way, kind, "found"] += len(of_kind[1])
                counts[way, kind, "right"] += len(of_kind[0] & of_kind[1])
    for way, data in (("", "gold tokens"), ("_raw", "raw text")):
        yield _figure(f"entities{way}", counts, way, KINDS, f"{NAME}, {data}")
        for kind in KINDS:
            yield _figure(f"entities{way}_{kind}", counts, way, (kind,), f"{NAME}, {data}")


def _figure(
    name: str, counts: Counter[tuple[str, str, str]], way: str, kinds: Sequence[str], data: str
) -> Figure:
    right, found, gold = (
        sum(counts[way, kind, what] for kind in kinds) for what in ("right", "found", "gold")
    )
    return Figure(name, f1(right, found, gold), gold, "entities", data)


def _spaced(sentence: Sentence) -> Sentence:
    """Find out where blanks stand: the corpus says it by the sentence's text only."""
    at, spaces = 0, []
    for word in sentence.words:
        at = max(sentence.text.find(word, at), at) + len(word)
        spaces.append(sentence.text[at : at + 1].isspace())
    return Sentence(
        sentence.text, sentence.words, tuple(spaces), sentence.heads, sentence.columns, sentence.paragraph
    )


def _given(document: Sequence[Sentence]) -> tuple[Found, Found]:
    tokens = flow(document)
    doc = pipeline().parse_tokens(tokens.words, tokens.spaces, tokens.starts)
    tags = [row[2] for sentence in document for row in sentence.columns]
    gold = {(tokens.places[a], tokens.places[b - 1] + 1, kind) for a, b, kind in spans(tags)}
    return gold, {(start, end, kind) for start, end, kind in _entities(doc)}


def _raw(document: Sequence[Sentence]) -> tuple[Found, Found]:
    text, starts = raw(document)
    gold: Found = set()
    for sentence, start in zip(document, starts, strict=True):
        at, edges = start, []
        for word in sentence.words:
            at = max(text.find(word, at), at)
            edges.append((at, at + len(word)))
            at += len(word)
        tagged = spans([row[2] for row in sentence.columns])
        gold |= {(edges[a][0], edges[b - 1][1], kind) for a, b, kind in tagged}
    doc = pipeline().parse(text)
    return gold, {
        (doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), kind) for start, end, kind in _entities(doc)
    }


def _entities(doc: Doc) -> Iterator[tuple[int, int, str]]:
    for entity in doc.ents:
        yield entity.start, entity.end, ENTITIES.get(entity.label_, "")


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, kind) of BIO tags; an I- that nothing opened opens a span."""
    start, kind = 0, ""
    for place, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            yield start, place, kind
            kind = ""
        if not kind and tag != "O":
            start, kind = place, tag[2:]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench."""
    return run(measure, __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
