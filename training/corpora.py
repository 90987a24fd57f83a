"""Treebanks, entity and factuality corpora -> one annotated text each, ready to be laid over word pieces."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.names import named_spans

IGNORED = -100
"""Label of a token that a loss leaves out."""
ENTITIES = ("PER", "ORG", "LOC", "NORP", "EVENT")


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a corpus. head: place in its sentence, -1 for the root, None where there is no tree."""

    form: str
    spaced: bool = True
    upos: str = ""
    xpos: str = ""
    lemma: str = ""
    head: int | None = None
    relation: str = ""
    entity: str | None = None
    factuality: float | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, and whether a paragraph begins with them."""

    words: tuple[Word, ...]
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its words' places: tokens (m, 2), character offsets; sentences as word ranges."""

    text: str
    words: tuple[Word, ...]
    tokens: NDArray[np.int32]
    sentences: tuple[tuple[int, int], ...]

    def spans(self) -> list[tuple[int, int]]:
        """Return each sentence's character offsets."""
        return [(int(self.tokens[a, 0]), int(self.tokens[b - 1, 1])) for a, b in self.sentences]


def lay_out(sentences: Sequence[Sentence], apart: bool = False) -> Annotated:
    """Write sentences out as running text; ``apart`` sets a blank around every word, as some corpora do."""
    parts: list[str] = []
    tokens: list[tuple[int, int]] = []
    bounds: list[tuple[int, int]] = []
    at = 0
    for number, sentence in enumerate(sentences):
        if number:
            parts.append("\n" if sentence.opens else " ")
            at += 1
        first = len(tokens)
        for place, word in enumerate(sentence.words):
            tokens.append((at, at + len(word.form)))
            blank = " " if (word.spaced or apart) and place < len(sentence.words) - 1 else ""
            parts.append(word.form + blank)
            at += len(word.form) + len(blank)
        bounds.append((first, len(tokens)))
    words = tuple(word for sentence in sentences for word in sentence.words)
    return Annotated("".join(parts), words, np.asarray(tokens, dtype=np.int32).reshape(-1, 2), tuple(bounds))


def read_text(path: Path) -> str:
    """Read a text file, plain or gzip."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8")


def read_conllu(path: Path) -> Iterator[list[Sentence]]:
    """Yield the documents of a CoNLL-U file."""
    document: list[Sentence] = []
    for block in read_text(path).split("\n\n"):
        lines = block.split("\n")
        if any(line.startswith("# newdoc") for line in lines) and document:
            yield document
            document = []
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        opens = any(line.startswith("# newpar") for line in lines)
        words = _words(rows)
        if words:
            document.append(Sentence(words, opens))
    if document:
        yield document


def _words(rows: Sequence[Sequence[str]]) -> tuple[Word, ...]:
    """Return the syntactic words; of a multi-word token ("don't") they share the form between them."""
    joined: dict[int, str] = {}
    kept = []
    for row in rows:
        if "-" in row[0]:
            first, last = (int(number) for number in row[0].split("-"))
            joined |= dict.fromkeys(range(first, last), "SpaceAfter=No") | {last: row[9]}
        elif "." not in row[0]:
            kept.append(row)
    entities = named_spans(kept) if any("Entity=" in row[9] for row in kept) else {}
    return tuple(
        Word(
            form=row[1],
            spaced="SpaceAfter=No" not in joined.get(place + 1, row[9]),
            upos=row[3],
            xpos=row[4],
            lemma=row[2],
            head=int(row[6]) - 1 if row[6].isdigit() else None,
            relation=row[7],
            entity=entities.get(place, "O") if entities is not None else None,
        )
        for place, row in enumerate(kept)
    )


def without_entities(documents: Iterable[list[Sentence]]) -> Iterator[list[Sentence]]:
    """Forget that words are no entities: for a treebank that marks none."""
    for document in documents:
        yield [
            replace(one, words=tuple(replace(word, entity=None) for word in one.words)) for one in document
        ]


def with_factuality(documents: Iterable[list[Sentence]], paths: Sequence[Path]) -> Iterator[list[Sentence]]:
    """Add the factuality values of sentences that a factuality corpus shares with a treebank."""
    values = {text: targets for path in paths for text, targets in read_factuality(path)}
    for document in documents:
        yield [_valued(sentence, values) for sentence in document]


def _valued(sentence: Sentence, values: dict[str, dict[int, float]]) -> Sentence:
    found = values.get(" ".join(word.form for word in sentence.words), {})
    words = tuple(replace(word, factuality=found.get(n)) for n, word in enumerate(sentence.words))
    return replace(sentence, words=words)


def read_factuality(path: Path) -> Iterator[tuple[str, dict[int, float]]]:
    """Yield (text, value by token) of each sentence; tokens stand between blanks."""
    for line in read_text(path).split("\n"):
        if line.strip():
            tree = json.loads(line)
            yield tree["text"], {target["span1"][0]: float(target["label"]) for target in tree["targets"]}


def factuality_sentences(path: Path) -> Iterator[list[Sentence]]:
    """Yield each sentence of a factuality corpus as a document."""
    for text, values in read_factuality(path):
        words = tuple(Word(form, factuality=values.get(n)) for n, form in enumerate(text.split()))
        yield [Sentence(words, opens=True)]


_TYPES = {
    "PER": "PER",
    "person": "PER",
    "politician": "PER",
    "ORG": "ORG",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "corporation": "ORG",
    "group": "ORG",
    "LOC": "LOC",
    "location": "LOC",
    "country": "LOC",
    "election": "EVENT",
    "event": "EVENT",
}
_UNKNOWN = frozenset({"MISC", "misc"})
"""Entities of a kind that their corpus does not tell: neither ours nor none."""


def read_entities(path: Path, nationalities: frozenset[str]) -> Iterator[list[Sentence]]:
    """Yield the sentences of a CoNLL entity file, each a document; words set as running text would be."""
    for block in read_text(path).split("\n\n"):
        rows = [line.replace("\t", " ").split(" ") for line in block.split("\n") if line.strip()]
        rows = [row for row in rows if len(row) >= 2 and row[0]]
        if rows:
            yield [Sentence(_spaced(_entity_words(rows, nationalities)), opens=True)]


def _entity_words(rows: Sequence[Sequence[str]], nationalities: frozenset[str]) -> list[Word]:
    words: list[Word] = []
    before = "O"
    for row in rows:
        form, tag = row[0].replace("'\"'", '"'), row[-1]
        position, _, kind = tag.partition("-")
        ours = _TYPES.get(kind)
        if form in nationalities and (ours is None or tag == "O"):
            entity: str | None = "B-NORP"
        elif kind in _UNKNOWN:
            entity = None
        elif ours is None:
            entity = "O"
        else:
            entity = f"{'I' if position == 'I' and before == kind else 'B'}-{ours}"
        before = kind if ours else "O"
        words.append(Word(form, entity=entity))
    return words


_CLOSING = frozenset(",.;:!?)]}%'\"”’") | {"'s", "n't", "'re", "'ve", "'ll", "'m", "'d", "''", "...", "’s"}
_OPENING = frozenset("([{$#“‘") | {"``"}


def _spaced(words: Sequence[Word]) -> tuple[Word, ...]:
    """Guess where blanks stood: none before closing marks and clitics, none after opening ones."""
    following = [*words[1:], Word("")]
    return tuple(
        replace(word, spaced=not (after.form in _CLOSING or word.form in _OPENING))
        for word, after in zip(words, following, strict=True)
    )


def lower_cased(sentences: Sequence[Sentence], draw: random.Random, share: float) -> list[Sentence]:
    """Lower a share of the documents: much of what is read has lost its capitals."""
    if draw.random() >= share:
        return list(sentences)
    return [
        replace(one, words=tuple(replace(word, form=_lower(word.form)) for word in one.words))
        for one in sentences
    ]


def _lower(form: str) -> str:
    lower = form.lower()
    return lower if len(lower) == len(form) else form
