"""Reads treebanks in CoNLL-U. Not the reader that training uses: what that gets wrong must show here."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's syntactic words; the parts of a multi-word token ("don't") stand without a blank between.

    text: as written. spaces: whether a blank follows. heads: places in the sentence, -1 for the root.
    paragraph: whether it begins one. columns: the rows of the file, ten strings a word.
    """

    text: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    heads: tuple[int, ...]
    columns: tuple[tuple[str, ...], ...]
    paragraph: bool


@dataclass(frozen=True, slots=True)
class Flow:
    """A document as tokens: sentences apart by a blank, paragraphs by a line break, which is a token.

    starts: whether a sentence starts with the token. places: for each word of the document, its token.
    """

    words: list[str]
    spaces: list[bool]
    starts: list[bool]
    places: list[int]


def documents(path: Path, limit: int | None = None) -> Iterator[list[Sentence]]:
    """Yield documents, at most ``limit``."""
    found: list[Sentence] = []
    number = 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().strip().split("\n\n"):
            lines = block.split("\n")
            if found and any(line.startswith("# newdoc") for line in lines):
                yield found
                found, number = [], number + 1
                if number == limit:
                    return
            found.append(_sentence(lines))
    yield found


def _sentence(lines: Sequence[str]) -> Sentence:
    text = next((line[9:] for line in lines if line.startswith("# text = ")), "")
    rows = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    spaced: dict[int, bool] = {}
    words = []
    for row in rows:
        after = "SpaceAfter=No" not in row[-1]
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            spaced |= dict.fromkeys(range(first, last), False) | {last: after}
        elif "." not in row[0]:
            words.append(row)
            spaced.setdefault(int(row[0]), after)
    heads = tuple(int(row[6]) - 1 if len(row) > 6 and row[6].isdigit() else -1 for row in words)
    spaces = tuple(spaced[number] for number in range(1, len(words) + 1))
    opens = any(line.startswith(("# newpar", "# newdoc")) for line in lines)
    return Sentence(text, tuple(row[1] for row in words), spaces, heads, tuple(words), opens)


def flow(document: Sequence[Sentence]) -> Flow:
    """Return a document's given tokens as running text."""
    out = Flow([], [], [], [])
    for number, sentence in enumerate(document):
        if number and sentence.paragraph:
            out.spaces[-1] = False
            out.words.append("\n")
            out.spaces.append(False)
            out.starts.append(False)
        for place, word in enumerate(sentence.words):
            out.places.append(len(out.words))
            out.words.append(word)
            out.spaces.append(sentence.spaces[place] or place == len(sentence.words) - 1)
            out.starts.append(not place)
    return out


def raw(document: Sequence[Sentence]) -> tuple[str, list[int]]:
    """Return a document as written, and where each sentence starts in it."""
    text = ""
    starts = []
    for number, sentence in enumerate(document):
        text += ("\n" if sentence.paragraph else " ") if number else ""
        starts.append(len(text))
        text += sentence.text
    return text, starts
