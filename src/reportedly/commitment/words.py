"""A Doc as plain lists: what the rules of this package look at, read off once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportedly.commitment.lexicon import Lexicon, lexicon
from reportedly.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DASHES = str.maketrans("’‐‑", "'--")


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one Doc. heads, deps, pos, tags: empty lists where it has no parse.

    lower: lower case, with straight apostrophes. lemmas: by the lexicon's own table, so that they are the
    same whatever pipeline parsed. starts, ends: character offsets. sentence: number of each
    token's sentence.
    """

    lower: list[str]
    lemmas: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    children: list[list[int]] = field(default_factory=list)

    @property
    def parsed(self) -> bool:
        """Tell whether the Doc came with a dependency parse."""
        return bool(self.deps)

    @property
    def lexicon(self) -> Lexicon:
        """Return the lexicon that the words are looked up in."""
        return lexicon()

    def kids(self, at: int, *labels: str) -> list[int]:
        """Return the children of a token that have one of the labels, all of them if none is named."""
        return [child for child in self.children[at] if not labels or self.deps[child] in labels]

    def left_edge(self, at: int) -> int:
        """Return the first token of the subtree of ``at``."""
        while self.children[at] and self.children[at][0] < at:
            at = self.children[at][0]
        return at

    def inside(self, spans: tuple[Span, ...]) -> list[int]:
        """Return the tokens that any of the spans touches, in order."""
        found: set[int] = set()
        for span in spans:
            found.update(range(bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)))
        return sorted(found)


def read_words(doc: Doc) -> Words:
    """Return the tokens of ``doc`` as lists; blank tokens stay, so that indices agree. No children yet."""
    forms = lexicon().forms
    lower = [token.text.lower().translate(_DASHES) for token in doc]
    starts = [token.idx for token in doc]
    words = Words(
        lower,
        [forms.get(word, word) for word in lower],
        starts,
        [start + len(token) for start, token in zip(starts, doc, strict=True)],
        _sentences(doc),
    )
    if doc.has_annotation("DEP") and len(doc):
        _add_parse(words, doc)
    return words


def list_children(words: Words) -> None:
    """List the children of each token, by the heads as they are now."""
    words.children.clear()
    words.children.extend([] for _ in words.heads)
    for at, head in enumerate(words.heads):
        if head != at:
            words.children[head].append(at)


def _sentences(doc: Doc) -> list[int]:
    number, numbers = 0, []
    for token in doc:
        number += bool(token.is_sent_start) and token.i > 0
        numbers.append(number)
    return numbers


def _add_parse(words: Words, doc: Doc) -> None:
    names = doc.vocab.strings
    rows = doc.to_array(["DEP", "POS", "TAG"])
    words.deps.extend(names[int(dep)] for dep in rows[:, 0])
    words.tags.extend(names[int(tag)] for tag in rows[:, 2])
    words.pos.extend(token.pos_ for token in doc)
    words.heads.extend(token.head.i for token in doc)
