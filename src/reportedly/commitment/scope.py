"""What a parsed stretch of text says of its main predicate: each clause under the words that govern it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from reportedly.commitment.clause import Clause
from reportedly.commitment.lexicon import Cue, Match, Wanted, find
from reportedly.commitment.values import AS_IT_IS, HEARSAY, Reading, Signature, combine
from reportedly.commitment.words import Words
from reportedly.model import syntax
from reportedly.types import Commitment

DEPTH: Final = 12
"""Governors followed upwards at most: a parse may be deep, or wrong."""
_CLAUSAL: Final = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass", "csubj:outer", "csubjpass", "pcomp"})
_LIGHT: Final = frozenset(
    {"be", "have", "see", "find", "exist", "remain", "lack", "get", "make", "take", "give", "hold", "provide"}
    | {"offer", "show", "produce"}
)
_OWN: Final = frozenset({"belief", "conviction", "guess", "doubt"})
_NO_ROOT: Final = frozenset(
    {"punct", "mark", "cc", "case", "det", "discourse", "vocative", "aux", "aux:pass", "cop"}
)
_ADOPTED: Final = frozenset({"aux", "aux:pass", "auxpass", "cop", "neg", "advmod"})
_CALLS: Final = frozenset({"look", "listen", "see", "well", "yes", "no", "oh", "please"})
_VERBAL: Final = frozenset({"VERB", "AUX"})
_PRE_VERB: Final = frozenset(
    {"please", "and", "but", "so", "then", "now", "just", "never", "always", "do", "not"}
)
_GOING: Final = frozenset({"go", "gon"})
_INTENDED: Final = Signature(Commitment.UU, Commitment.UU, unreal=True)
_UNDONE: Final = Signature(Commitment.CT_MINUS, Commitment.CT_MINUS)
_BACKGROUND: Final = Signature(Commitment.CT_PLUS, Commitment.CT_PLUS)


class Scope:
    """Readings of the predicates among some tokens; nothing outside them governs.

    backshift: "would" stands for "will" here, as in what somebody said. addressed: the words may address
    somebody, so that a bare verb in front is an order. claims: the words are turned down, so that "claims
    that" stands for what is claimed. A "whether" that is not among the tokens supposes nothing.
    """

    def __init__(
        self,
        words: Words,
        tokens: Collection[int],
        *,
        backshift: bool = False,
        addressed: bool = True,
        claims: bool = False,
    ) -> None:
        self.words = words
        self.tokens = frozenset(tokens)
        self.backshift = backshift
        self.addressed = addressed
        self.claims = claims
        self._known: dict[int, Reading] = {}

    def predicate(self, *, own_attitude: bool = True) -> int | None:
        """Return the main predicate: the root of the first clause, or what it only qualifies.

        "failed to agree" and "it is likely that they agree" are about agreeing. own_attitude: "I think that"
        qualifies as well, for the speaker is who speaks.
        """
        at = self._root()
        if at is not None:
            self._adopt(at)
        for _ in range(DEPTH if at is not None else 0):
            below = self._below(at, own_attitude) if at is not None else None
            if below is None:
                break
            at = below
        return at

    def _root(self) -> int | None:
        words = self.words
        roots = [
            at
            for at in sorted(self.tokens)
            if (words.heads[at] == at or words.heads[at] not in self.tokens)
            and words.deps[at] not in _NO_ROOT
            and words.pos[at] not in ("PUNCT", "SPACE")
            and not (words.lower[at] in _CALLS and words.lower[at + 1 : at + 2] == [","])
            and not (words.lower[at] == "concerned" and "far" in words.lower[max(0, at - 20) : at])
        ]
        clausal = [at for at in roots if words.pos[at] in _VERBAL or self._has_clause(at)]
        first = next(iter(clausal or roots), None)
        if first is None or words.deps[first] not in ("advcl", "acl", "acl:relcl", "relcl"):
            return first
        main = [
            at
            for at in clausal
            if words.sentence[at] == words.sentence[first]
            and words.deps[at] not in ("advcl", "acl", "acl:relcl")
        ]
        return main[0] if main else first

    def _adopt(self, root: int) -> None:
        """Hang on the root the small words before it that a wrong arc has taken out of the stretch."""
        words = self.words
        for at in sorted(self.tokens):
            if at >= root or words.heads[at] in self.tokens or words.sentence[at] != words.sentence[root]:
                continue
            if words.deps[at] in _ADOPTED or (
                words.deps[at] in syntax.SUBJECTS and not self._has_clause(root)
            ):
                words.children[words.heads[at]].remove(at)
                words.heads[at] = root
                words.children[root] = sorted([*words.children[root], at])

    def _has_clause(self, at: int) -> bool:
        return any(self.words.deps[kid] in syntax.SUBJECTS | {"cop"} for kid in self.words.children[at])

    def _below(self, at: int, own_attitude: bool) -> int | None:
        """Return the complement that the predicate at ``at`` only qualifies."""
        words = self.words
        for child in self._complements(at):
            governor = words.heads[child]
            meaning = self._meaning(governor, child)
            if meaning is None or child not in self.tokens:
                continue
            if isinstance(meaning.entry.meaning, Signature):
                if meaning.entry.meaning.main and not words.kids(child, "expl"):
                    continue
                if words.pos[governor] == "NOUN" or not words.kids(governor, *syntax.OBJECTS):
                    return child
            elif own_attitude and self._speaks_of_itself(governor):
                asked = any(words.lower[kid] in ("whether", "if") for kid in words.kids(child, "mark"))
                if asked or meaning.entry.meaning.name in _OWN:
                    return child
        return None

    def _complements(self, at: int) -> list[int]:
        words = self.words
        own = [kid for kid in words.children[at] if words.deps[kid] in _CLAUSAL or words.deps[kid] == "advcl"]
        if words.lemmas[at] in _LIGHT or words.pos[at] == "AUX":
            for noun in words.kids(at, "nsubj", "obj", "dobj", "attr", "acomp", "oprd", "xcomp"):
                own += words.kids(noun, "acl", "ccomp", "xcomp")
        return own + (words.kids(at, "acl") if words.pos[at] in ("NOUN", "ADJ") else [])

    def _speaks_of_itself(self, verb: int) -> bool:
        lists = self.words.lexicon.words
        persons = lists["first_person"] | (lists["third_person"] if self.backshift else frozenset())
        lower = self.words.lower
        near = verb - 1
        while near > 0 and (self.words.pos[near] in ("AUX", "ADV", "PART")):
            near -= 1
        if near >= 0 and lower[near] in persons:
            return True
        return any(lower[kid] in persons for kid in self.words.kids(verb, *syntax.SUBJECTS))

    def read(self, at: int, depth: int = 0) -> Reading:
        """Return the reading of the predicate at ``at`` within these tokens."""
        if at not in self._known:
            self._known[at] = Reading()  # a cycle in a broken tree reads as a flat assertion
            self._known[at] = self._read(at, depth)
        return self._known[at]

    def _read(self, at: int, depth: int) -> Reading:
        words = self.words
        clause = Clause(words, at, backshift=self.backshift)
        clause.hidden = frozenset(mark for mark in clause.marks() if mark not in self.tokens)
        local = clause.reading()
        head, dep = words.heads[at], words.deps[at]
        if dep == "conj" and head in self.tokens and not clause.has_subject():
            at, head, dep = head, words.heads[head], words.deps[head]
        if head == at or head not in self.tokens or depth > DEPTH:
            return self._asked_or_ordered(at, local)
        if dep in syntax.RELATIVE_CLAUSES or dep in ("parataxis", "conj", "appos", "list", "discourse"):
            return local
        signature, marks = self._governed(head, at, clause)
        if signature is None:
            return local
        own = self._matrix(head, depth)
        if signature is _BACKGROUND:
            return Reading(local.value, local.markers, local.unreal or own.unreal)
        value = signature.under(own.value, local.value)
        decided = local.markers | own.markers | marks
        return Reading(value, decided, local.unreal or own.unreal or signature.unreal)

    def _matrix(self, head: int, depth: int) -> Reading:
        """Return the reading of a governor; a noun's is that of the light verb it hangs on as well."""
        own = self.read(head, depth + 1)
        words = self.words
        verb = words.heads[head]
        if words.pos[head] not in ("NOUN", "ADJ") or verb == head or verb not in self.tokens:
            return own
        if words.deps[head] not in syntax.SUBJECTS | syntax.OBJECTS | {"attr", "acomp", "oprd", "xcomp"}:
            return own
        above = self.read(verb, depth + 1)
        sign = Commitment.CT_MINUS if words.lemmas[verb] == "lack" else Commitment.CT_PLUS
        if own.markers & above.markers:  # one "no", seen from the noun and from its verb
            return Reading(above.value, own.markers | above.markers, own.unreal or above.unreal)
        value = combine(combine(sign, above.value), own.value)
        return Reading(value, own.markers | above.markers, own.unreal or above.unreal)

    def _governed(self, head: int, at: int, clause: Clause) -> tuple[Signature | None, frozenset[int]]:
        """Return what the governor makes of this clause, None if nothing, and the words that say so."""
        dep = self.words.deps[at]
        found = self._meaning(head, at)
        if found is not None and (
            dep in _CLAUSAL or dep in ("acl", "obj", "dobj", "nmod") or self._phrasal(at)
        ):
            meaning = found.entry.meaning
            marks = (
                frozenset(range(found.first, found.last + 1)) if found.last - found.first < 3 else frozenset()
            )
            return self._signature(meaning, clause), marks | {found.first, found.last}
        if dep == "advcl":
            return self._adverbial(at, clause)
        if dep in ("xcomp", "acl") and clause.is_infinitive():
            return self._infinitive(head, at)
        if dep in _CLAUSAL:
            return AS_IT_IS, frozenset()
        return None, frozenset()

    def _infinitive(self, head: int, at: int) -> tuple[Signature | None, frozenset[int]]:
        words = self.words
        to = frozenset(kid for kid in words.children[at] if words.lower[kid] == "to")
        if words.lower[head] == "going" or (words.lemmas[head] == "be" and words.deps[at] == "xcomp"):
            return Signature(Commitment.CT_PLUS, Commitment.CT_MINUS, unreal=True), to | {head}
        return _INTENDED, to

    def _phrasal(self, at: int) -> bool:
        """Tell whether an adverbial clause is the complement of its verb: "succeed in", "prevent from"."""
        words = self.words
        marks = [words.lower[kid] for kid in words.kids(at, "mark", "case") if kid < at]
        return words.deps[at] == "advcl" and bool(marks) and marks[0] in ("in", "from", "at", "against", "of")

    def _signature(self, meaning: Signature | Cue, clause: Clause) -> Signature:
        if isinstance(meaning, Signature):
            return AS_IT_IS if self.claims and meaning == HEARSAY else meaning
        if clause.is_infinitive() and meaning.to is not None:
            return meaning.to._replace(unreal=True)
        return meaning.voice if meaning.name in _OWN else meaning.teller

    def _adverbial(self, at: int, clause: Clause) -> tuple[Signature | None, frozenset[int]]:
        words, lists = self.words, self.words.lexicon.words
        for mark in clause.marks():
            word = words.lower[mark]
            if (
                word in lists["negative_clauses"]
                or " ".join(words.lower[mark : mark + 2]) in lists["negative_clauses"]
            ):
                return _UNDONE, frozenset({mark})
            if word in lists["times"]:
                return _BACKGROUND, frozenset()
        if clause.is_infinitive():
            return _INTENDED, frozenset(kid for kid in words.children[at] if words.lower[kid] == "to")
        return _BACKGROUND if not clause.marks() else None, frozenset()

    def _meaning(self, head: int, at: int) -> Match | None:
        """Return the entry for the word that governs the clause of ``at``."""
        words = self.words
        if words.lower[head] == "going" or (words.lemmas[head] == "have" and words.deps[at] == "acl"):
            return None
        clause = Clause(words, at)
        openers = {words.lower[mark] for mark in clause.marks()}
        frame = "to" if clause.is_infinitive() else "whether" if openers & {"whether", "if"} else "that"
        wanted = Wanted(self._kinds(head), frame)
        for candidate in [head, *words.kids(head, "acomp", "attr", "oprd")]:
            for index in (words.lexicon.operators, words.lexicon.cues):
                found = find(index, words.lower, words.lemmas, candidate, wanted)
                if found is not None and self._usable(found, at):
                    return found
        return None

    def _usable(self, found: Match, at: int) -> bool:
        """Tell whether the words of an entry stand together with its complement, not in another clause."""
        meaning = found.entry.meaning
        if found.entry.rest and not (found.last < at or found.last == found.first):
            return False
        # a passive of saying whose complement is an infinitive reports: it is in both lists
        return isinstance(meaning, Signature) or self.words.deps[at] not in ("obj", "dobj", "nmod", "advcl")

    def _kinds(self, head: int) -> tuple[str, ...]:
        words = self.words
        if words.kids(head, "cop"):
            return "adjectives", "nouns", "verbs"
        if words.pos[head] in ("NOUN", "PROPN"):
            return "nouns", "adjectives"
        if words.pos[head] == "ADJ":
            return "adjectives", "nouns"
        passive = words.kids(head, "aux:pass", "auxpass", "nsubj:pass", "nsubjpass")
        perfect = any(words.lemmas[kid] == "have" for kid in words.kids(head, "aux"))
        if passive or (words.tags[head] == "VBN" and not perfect):
            return "adjectives", "verbs"
        return ("verbs",)

    def _asked_or_ordered(self, at: int, local: Reading) -> Reading:
        words = self.words
        mark = self._question_mark(at)
        if mark is not None:
            return Reading(Commitment.UU, local.markers | {mark}, unreal=True)
        if self._is_order(at):
            return Reading(Commitment.UU, local.markers | {at}, unreal=True)
        if words.lower[at] == "let" and words.left_edge(at) == at:
            return Reading(Commitment.UU, local.markers | {at}, unreal=True)
        return local

    def _question_mark(self, at: int) -> int | None:
        words = self.words
        for place in range(at, min(len(words.lower), at + 80)):
            if words.sentence[place] != words.sentence[at]:
                return None
            if words.lower[place] in ("?", "?!", "!?", "??") and (
                place in self.tokens or place - 1 in self.tokens
            ):
                return place
            if words.lower[place] in (".", "!"):
                return None
        return None

    def _is_order(self, at: int) -> bool:
        words = self.words
        if not self.addressed or words.tags[at] not in ("VB", "VBP") or words.pos[at] != "VERB":
            return False
        if words.lower[at].endswith("ing"):
            return False
        if any(words.deps[kid] in syntax.SUBJECTS for kid in words.children[at]):
            return False
        first = at
        while first and words.sentence[first - 1] == words.sentence[at] and first - 1 in self.tokens:
            first -= 1
        if words.deps[at] == "conj":
            first = words.heads[at] if words.heads[at] < at else first
            return self._is_order(first) if first != at else False
        before = [near for near in range(first, at) if words.lower[near][:1].isalnum()]
        return all(words.lower[near] in _PRE_VERB or words.lower[near] == "n't" for near in before)
