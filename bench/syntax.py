"""`python -m bench.syntax`: tags, trees and sentence starts of the shipped model on UD English EWT dev.

upos, xpos, lemma   percentage of words that are right, tokens and sentences given
uas, las            percentage of words with the right head, and with the right head and relation
                    las compares relations up to the colon, as the CoNLL 2018 shared task's script does;
                    las_subtypes compares them whole
sentence_starts     F1 of where sentences start, of the text as written: the sentences of a paragraph apart by
                    a blank, paragraphs by a line break, documents read one by one
sentence_starts_inside   the same without those at the start of a paragraph, which a line break gives away
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from bench.conllu import Sentence, documents, flow, raw
from bench.figures import DATA, Figure, f1, percent, pipeline, run
from reportedly.parse.syntax import ROOT

TREEBANK = DATA / "syntax" / "en_ewt-dev.conllu.gz"
NAME = "UD English EWT dev"


def measure(limit: int | None) -> Iterator[Figure]:
    """Yield the figures over the first ``limit`` documents."""
    read = [*documents(TREEBANK, limit)]
    yield from _given(read)
    yield from _starts(read)


def _given(read: Sequence[Sequence[Sentence]]) -> Iterator[Figure]:
    right: Counter[str] = Counter()
    for document in read:
        right.update(_right(document))
    for name in ("upos", "xpos", "lemma", "uas", "las", "las_subtypes"):
        yield Figure(
            name, percent(right[name], right["words"]), right["words"], "words", f"{NAME}, gold tokens"
        )


def _right(document: Sequence[Sentence]) -> Counter[str]:
    tokens = flow(document)
    doc = pipeline().parse_tokens(tokens.words, tokens.spaces, tokens.starts)
    number = {token: word for word, token in enumerate(tokens.places)}
    right: Counter[str] = Counter()
    at = 0
    for sentence in document:
        for place, row in enumerate(sentence.columns):
            token = doc[tokens.places[at + place]]
            head = -1 if token.dep_ == ROOT else number.get(token.head.i, -2) - at
            relation = "root" if token.dep_ == ROOT else token.dep_
            met = head == sentence.heads[place]
            right["words"] += 1
            right["upos"] += token.pos_ == row[3]
            right["xpos"] += token.tag_ == row[4]
            right["lemma"] += token.lemma_ == row[2]
            right["uas"] += met
            right["las"] += met and relation.split(":")[0] == row[7].split(":")[0]
            right["las_subtypes"] += met and relation == row[7]
        at += len(sentence.words)
    return right


def _starts(read: Sequence[Sequence[Sentence]]) -> Iterator[Figure]:
    counts: Counter[str] = Counter()
    for document in read:
        text, places = raw(document)
        gold = set(places)
        found = {
            next(token.idx for token in sentence if not token.is_space)
            for sentence in pipeline().parse(text).sents
            if sentence.text.strip()
        }
        given = {place for place, sentence in zip(places, document, strict=True) if sentence.paragraph}
        for name, left_out in (("", set()), ("_inside", given)):
            counts[f"right{name}"] += len((gold & found) - left_out)
            counts[f"found{name}"] += len(found - left_out)
            counts[f"gold{name}"] += len(gold - left_out)
    for name in ("", "_inside"):
        value = f1(counts[f"right{name}"], counts[f"found{name}"], counts[f"gold{name}"])
        yield Figure(f"sentence_starts{name}", value, counts[f"gold{name}"], "sentences", f"{NAME}, raw text")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench."""
    return run(measure, __doc__, arguments)


if __name__ == "__main__":
    sys.exit(main())
