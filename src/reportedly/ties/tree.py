"""The parse of a Doc as plain lists, in Universal Dependencies whatever labels the pipeline speaks.

A spaCy token answers through several layers of Python and C; the rules ask about each word many times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportedly.model.syntax import ENTITIES
from reportedly.model.whole_text import whole_text
from reportedly.ties.lexicon import known_lemmas
from reportedly.types import Span

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

SUBJECT = frozenset({"nsubj", "csubj", "nsubj:outer", "csubj:outer"})
PASSIVE_SUBJECT = frozenset({"nsubj:pass", "csubj:pass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X", "SYM"})
VERBAL = frozenset({"VERB", "AUX"})

_SAME_BUT_FOR_NAME = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "prt": "compound:prt",
    "npadvmod": "obl:unmarked",
    "attr": "xcomp",
    "oprd": "xcomp",
    "acomp": "xcomp",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "nn": "compound",
}


@dataclass(frozen=True, slots=True)
class Tree:
    """One story's words. All lists have one entry a token; ``head[i] == i`` for a root.

    entity: the first token of the entity that the token stands in, -1 outside; entities: by first token, the
    token after it and its label (PER, ORG, LOC, NORP, EVENT).
    """

    words: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    kids: list[list[int]]
    start: list[int]
    sentence: list[int]
    entity: list[int]
    entities: dict[int, tuple[int, str]]
    text: str

    def having(self, at: int, deps: Iterable[str]) -> list[int]:
        """Return the children of ``at`` whose relation is one of ``deps``."""
        return [kid for kid in self.kids[at] if self.dep[kid] in deps]

    def preposition(self, at: int) -> str:
        """Return the preposition of a noun in lower case ("because of"), "" without one."""
        parts: list[str] = []
        for kid in self.kids[at]:
            if (
                self.dep[kid] == "case"
                and self.tag[kid] != "POS"
                and self.lower[kid] not in ("'s", "’s", "'", "’")
            ):
                parts.append(self.lower[kid])
                parts.extend(self.lower[sub] for sub in self.kids[kid] if self.dep[sub] == "fixed")
        return " ".join(parts)

    def group(self, at: int) -> list[int]:
        """Return a noun and the nouns coordinated with it, in order."""
        found = [at]
        for kid in self.kids[at]:
            if self.dep[kid] == "conj" and self.pos[kid] in NOMINAL and not self.having(kid, SUBJECT):
                found.extend(self.group(kid))
        return found

    def span(self, first: int, last: int) -> Span:
        """Return the characters from token ``first`` to token ``last``, both inside."""
        return Span(self.start[first], self.start[last] + len(self.words[last]))

    def slice(self, first: int, last: int) -> str:
        """Return the text from token ``first`` to token ``last``, both inside, on one line."""
        found = self.span(first, last)
        return " ".join(self.text[found.start : found.end].split())

    def above(self, at: int) -> Iterator[int]:
        """Yield the head of ``at``, its head and so on up to the root."""
        while self.head[at] != at:
            at = self.head[at]
            yield at


def tree_of(doc: Doc) -> Tree:
    """Return the parse of ``doc`` (which must have one) as lists.

    Read as arrays, not token by token: making spaCy's tokens took two thirds of this stage's time.
    """
    table = doc.to_array(["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SENT_START", "IDX"])
    names = _Names(doc.vocab.strings)
    words, lemmas, pos, tags, deps = ([names[key] for key in table[:, at].tolist()] for at in range(5))
    heads = (np.arange(len(doc)) + table[:, 5].astype(np.int64)).tolist()
    if "pobj" in deps or "dobj" in deps or "nsubjpass" in deps:
        _to_universal(heads, deps, pos)
    entity, entities = _entities(doc)
    return Tree(
        words=words,
        lower=[word.lower() for word in words],
        lemma=_lemmas(words, lemmas, pos),
        pos=pos,
        tag=tags,
        dep=deps,
        head=heads,
        kids=_kids(heads),
        start=table[:, 7].tolist(),
        sentence=np.cumsum(table[:, 6].astype(np.int64) == 1).tolist(),
        entity=entity,
        entities=entities,
        text=whole_text(doc),
    )


def _lemmas(words: list[str], lemmas: list[str], pos: list[str]) -> list[str]:
    """Return the lemmas in lower case, our own for the verbs and nouns that the rules know."""
    verbs, nouns = known_lemmas()
    found: list[str] = []
    for word, lemma, kind in zip(words, lemmas, pos, strict=True):
        form = word.lower()
        own = verbs.get(form) if kind == "VERB" else nouns.get(form) if kind == "NOUN" else None
        found.append(own or lemma.lower() or form)
    return found


class _Names(dict[int, str]):
    """The strings of spaCy's hashes, each looked up once a story."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__({0: ""})
        self._strings = strings

    def __missing__(self, key: int) -> str:
        found: str = self._strings[key]
        self[key] = found
        return found


def _kids(heads: list[int]) -> list[list[int]]:
    kids: list[list[int]] = [[] for _ in heads]
    for at, head in enumerate(heads):
        if head != at:
            kids[head].append(at)
    return kids


def _entities(doc: Doc) -> tuple[list[int], dict[int, tuple[int, str]]]:
    """Return, for each token, the first token of its entity, and each entity's end and label."""
    place = [-1] * len(doc)
    found: dict[int, tuple[int, str]] = {}
    for entity in doc.ents:
        label = ENTITIES.get(entity.label_)
        if label:
            found[entity.start] = (entity.end, label)
            place[entity.start : entity.end] = [entity.start] * (entity.end - entity.start)
    return place, found


def _to_universal(heads: list[int], deps: list[str], pos: list[str]) -> None:
    """Turn ClearNLP's arcs, in place, into those of Universal Dependencies as far as the rules look at them.

    A preposition hangs on its noun and not the noun on it; a copula hangs on its complement.
    """
    for at, dep in enumerate(deps):
        deps[at] = _SAME_BUT_FOR_NAME.get(dep, dep)
    for at, dep in enumerate(list(deps)):
        if dep in ("pobj", "pcomp"):
            _lift_over_preposition(at, heads, deps, pos)
    for at, dep in enumerate(list(deps)):
        if dep == "xcomp" and pos[heads[at]] == "AUX" and pos[at] in NOMINAL:
            _lift_over_copula(at, heads, deps)


def _lift_over_preposition(at: int, heads: list[int], deps: list[str], pos: list[str]) -> None:
    preposition, clause = heads[at], deps[at] == "pcomp"
    above = heads[preposition]
    while deps[above] in ("prep", "case", "agent") and heads[above] != above:
        above = heads[above]
    agent = deps[preposition] == "agent"
    heads[at], heads[preposition] = above, at
    deps[preposition] = "mark" if clause else "case"
    if clause:
        deps[at] = "advcl"
    elif pos[above] in VERBAL:
        deps[at] = "obl:agent" if agent else "obl"
    else:
        deps[at] = "nmod"


def _lift_over_copula(at: int, heads: list[int], deps: list[str]) -> None:
    copula = heads[at]
    deps[at] = deps[copula]
    heads[at] = at if heads[copula] == copula else heads[copula]
    heads[copula], deps[copula] = at, "cop"
    for kid, head in enumerate(heads):
        if head == copula and kid != copula and deps[kid] != "cop":
            heads[kid] = at
