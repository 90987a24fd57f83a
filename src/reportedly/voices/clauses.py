"""What part a name or pronoun plays in its clause, and which clause that is.

With a parse it is read off Universal Dependencies or ClearNLP's labels; without one it is guessed from the
words on either side, and every question about clauses is answered "no".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from reportedly.model import syntax
from reportedly.voices.agreement import words

if TYPE_CHECKING:
    from spacy.tokens import Doc


class Role(StrEnum):
    """The part of a nominal in its clause."""

    SUBJECT = "subject"
    PASSIVE = "passive"
    OBJECT = "object"
    OBLIQUE = "oblique"
    AGENT = "agent"
    OWNER = "owner"
    MODIFIER = "modifier"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a nominal stands. All numbers are tokens of the Doc but `sentence` and `paragraph`.

    first, last: half-open. head: the token that the rest hangs on. anchor: the same, or for a further
    conjunct or an apposition the nominal that it goes with, which says the role. joined: "conj", "appos", "".
    clause: the predicate it depends on. domain: the predicate whose subject is the clause's subject.
    clause and domain are -1 without a parse.
    """

    first: int
    last: int
    head: int
    anchor: int
    sentence: int
    paragraph: int
    role: Role
    joined: str
    clause: int
    domain: int


_ROLES: Final[dict[str, Role]] = {
    **dict.fromkeys(syntax.NOMINAL_MODIFIERS, Role.MODIFIER),
    **dict.fromkeys(syntax.OBLIQUES, Role.OBLIQUE),
    **dict.fromkeys(syntax.OBJECTS, Role.OBJECT),
    **dict.fromkeys(syntax.AGENTS, Role.AGENT),
    **dict.fromkeys(syntax.PASSIVE_SUBJECTS, Role.PASSIVE),
    **dict.fromkeys(syntax.SUBJECTS, Role.SUBJECT),
    "nmod:poss": Role.OWNER,
    "poss": Role.OWNER,
    "compound": Role.MODIFIER,
}
_LABELS: Final = {"ROOT": "root"}
_FLAT: Final = frozenset({"flat", "flat:name", "nmod:desc", "goeswith"})
_SUBORDINATE: Final = syntax.CLAUSE_HEADS - {"root", "parataxis"}
_SHARES_SUBJECT: Final = frozenset({"xcomp", "conj", "advcl"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_ALL_SUBJECTS: Final = syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS

_CLIMB = 12  # steps up a tree: deeper nominals are parses gone wrong


class Clauses:
    """The clauses of one Doc."""

    def __init__(self, doc: Doc) -> None:
        # to_array, for a Token object of each token takes longer than all the rest
        columns = doc.to_array(["ORTH", "LOWER", "IDX", "SENT_START", "HEAD", "DEP", "POS"]).astype(np.int64)
        orths, lower, starts, opens, heads, deps, pos = columns.reshape(-1, 7).T
        self.parsed = bool(deps.any())
        texts = _strings(doc, orths)
        self.lower = _strings(doc, lower)
        self.starts: list[int] = starts.tolist()
        self._capital = [text[:1].isupper() for text in texts]
        self._paragraphs = [0, *(at + 1 for at, text in enumerate(texts) if "\n" in text)]
        self._sentences = [0, *(at for at in np.flatnonzero(opens == 1).tolist() if at)]
        if not opens.any():
            self._sentences = _beginnings(texts)
        self.heads: list[int] = (np.arange(len(heads)) + heads).tolist() if self.parsed else []
        self.deps = [_LABELS.get(dep, dep) for dep in _strings(doc, deps)] if self.parsed else []
        self.pos = _strings(doc, pos) if self.parsed else []
        pairs = [*zip(self.heads, self.deps, strict=True)]
        self._with_subject = {head for head, dep in pairs if dep in _ALL_SUBJECTS}
        self._with_conjunct = {head for head, dep in pairs if dep == "conj"}

    def token_at(self, offset: int) -> int:
        """Return the token that a character stands in (or behind)."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def sentence(self, token: int) -> int:
        """Return the number of a token's sentence."""
        return bisect_right(self._sentences, token)

    def place(self, start: int, end: int) -> Place:
        """Return the place of the nominal at characters [start, end)."""
        first, last = self.token_at(start), self.token_at(max(end - 1, start)) + 1
        head = self._head_of(first, last)
        where = (self.sentence(head), bisect_right(self._paragraphs, head))
        if not self.parsed:
            return Place(first, last, head, head, *where, self._guess(first, last), "", -1, -1)
        anchor, joined = self._anchor(head)
        clause = self._clause(anchor)
        return Place(
            first, last, head, anchor, *where, self._role(anchor), joined, clause, self._domain(clause)
        )

    def above(self, token: int) -> list[int]:
        """Return the tokens that a token depends on, nearest first; none without a parse."""
        found: list[int] = []
        while self.parsed and len(found) < 2 * _CLIMB and self.heads[token] != token:
            token = self.heads[token]
            found.append(token)
        return found

    def depth(self, clause: int) -> int:
        """Return how many clauses a predicate stands in."""
        return sum(self.deps[token] in _SUBORDINATE for token in [clause, *self.above(clause)])

    def coordinated(self, token: int) -> bool:
        """Tell whether another nominal is joined to one by "and" or the like."""
        return token in self._with_conjunct

    def _head_of(self, first: int, last: int) -> int:
        if self.parsed:
            for token in range(first, last):
                if not first <= self.heads[token] < last or self.heads[token] == token:
                    return token
        return last - 1

    def _anchor(self, token: int) -> tuple[int, str]:
        joined = ""
        for _ in range(_CLIMB):
            dep = self.deps[token]
            if dep == "conj" and self.pos[token] not in _VERBS:
                joined = joined or "conj"
            elif dep in syntax.APPOSITIONS:
                joined = joined or "appos"
            elif dep not in _FLAT:
                break
            token = self.heads[token]
        return token, joined

    def _role(self, token: int) -> Role:
        dep = self.deps[token]
        if dep == "pobj":
            preposition = self.heads[token]
            if self.deps[preposition] in syntax.AGENTS:
                return Role.AGENT
            verbal = self.pos[self.heads[preposition]] in _VERBS
            return Role.OBLIQUE if verbal else Role.MODIFIER
        return _ROLES.get(dep, Role.OTHER)

    def _clause(self, token: int) -> int:
        for _ in range(_CLIMB):
            if self.heads[token] == token:
                return token
            token = self.heads[token]
            if self.pos[token] in _VERBS or self.deps[token] in syntax.CLAUSE_HEADS:
                return token
        return token

    def _domain(self, clause: int) -> int:
        for _ in range(_CLIMB):
            if clause in self._with_subject or self.deps[clause] not in _SHARES_SUBJECT:
                return clause
            clause = self.heads[clause]
        return clause

    def _guess(self, first: int, last: int) -> Role:
        """Guess the role from the words on either side."""
        before = self.lower[first - 1] if first else ""
        after = self.lower[last] if last < len(self.lower) else ""
        if after in {"'s", "’s", "'", "’"}:
            return Role.OWNER
        if before in words("prepositions"):
            return Role.AGENT if before == "by" else Role.OBLIQUE
        verbal = after in words("after_subjects") or (after.endswith("ed") and len(after) > 3)
        if verbal or (after.endswith("s") and len(after) > 3 and not self._capital[last]):
            return Role.SUBJECT
        if first and (before.endswith(("ed", "ing")) or before in words("after_subjects")):
            return Role.OBJECT
        return Role.OTHER


def _strings(doc: Doc, hashes: NDArray[np.int64]) -> list[str]:
    known = {number: str(doc.vocab.strings[number]) for number in np.unique(hashes.view(np.uint64)).tolist()}
    return [known[number] for number in hashes.view(np.uint64).tolist()]


def _beginnings(texts: Sequence[str]) -> list[int]:
    ends = [at + 1 for at, text in enumerate(texts) if text in {".", "!", "?"} or "\n" in text]
    return [0, *(end for end in ends if end < len(texts))]
