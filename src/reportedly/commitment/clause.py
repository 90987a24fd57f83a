"""What the small words of one clause make of its predicate: auxiliaries, negation, adverbs, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportedly.commitment.values import Reading
from reportedly.commitment.words import Words
from reportedly.model import syntax
from reportedly.types import Commitment

AUXILIARIES: Final = frozenset({"aux", "aux:pass", "auxpass", "cop"})
_SUBJECTS: Final = syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS | {"expl"}
_ARGUMENTS: Final = _SUBJECTS | syntax.OBJECTS | {"obl", "attr", "pobj"}
_ADVERBIALS: Final = frozenset(
    {"advmod", "neg", "discourse", "parataxis", "dep", "cc", "cc:preconj", "preconj"}
)
_MARKS: Final = frozenset({"mark", "advmod", "case", "prep"})
_INVERTED: Final = frozenset({"should", "had", "were"})
_LATER: Final = frozenset({"later", "eventually", "subsequently", "soon", "ultimately", "finally"})
_BACKSHIFT_NOT: Final = frozenset({"like", "love", "prefer", "rather", "hate"})


class Clause:
    """One predicate with the function words around it.

    backshift: "would" is a reported "will" here. hidden: words that open the clause and count for nothing.
    """

    def __init__(self, words: Words, predicate: int, *, backshift: bool = False) -> None:
        self.words = words
        self.predicate = predicate
        self.backshift = backshift
        self.hidden: frozenset[int] = frozenset()
        self.auxiliaries = words.kids(predicate, *AUXILIARIES)
        if words.deps[predicate] == "conj" and not self.auxiliaries and not self.has_subject():
            self.auxiliaries = self._shared(words.heads[predicate])

    def has_subject(self) -> bool:
        """Tell whether the clause has a subject of its own."""
        return any(self.words.deps[child] in _SUBJECTS for child in self.words.children[self.predicate])

    def _shared(self, first: int) -> list[int]:
        """Return the auxiliaries of the first of two joined verbs where they serve the second as well."""
        return [at for at in self.words.kids(first, *AUXILIARIES) if self.words.deps[at] != "cop"]

    def reading(self) -> Reading:
        """Return what this clause says of its predicate, whatever it stands in."""
        found = self._modality(self._negated())
        found = self._adverbs(found)
        return self._conditioned(found)

    def marks(self) -> list[int]:
        """Return the words that open the clause: "to", "if", "that", "without"."""
        return [child for child in self.words.kids(self.predicate, *_MARKS) if child < self.predicate]

    def is_infinitive(self) -> bool:
        """Tell whether the clause is a "to" infinitive."""
        words = self.words
        return any(words.lower[at] == "to" and at < self.predicate for at in words.children[self.predicate])

    def _negators(self) -> Iterator[int]:
        words, lists = self.words, self.words.lexicon.words
        for child in words.children[self.predicate]:
            word, dep = words.lower[child], words.deps[child]
            if word in lists["negations"] and dep not in _ARGUMENTS and not self._is_focus(child):
                if child < self.predicate + 2:  # one further on negates what follows it
                    yield child
            elif word in lists["negative_determiners"] and dep in {"det", "advmod", "neg"}:
                if child + 1 == self.predicate or not self._is_no_phrase(child):
                    yield child
            elif word == "longer" and words.lower[child - 1] == "no" and words.heads[child - 1] == child:
                yield child - 1
            elif dep in _ARGUMENTS:
                yield from self._negative_argument(child)

    def _negative_argument(self, argument: int) -> Iterator[int]:
        words, lists = self.words, self.words.lexicon.words
        if words.lower[argument] in lists["negative_pronouns"]:
            yield argument
            return
        for child in words.kids(argument, "det", "neg", "advmod"):
            none = words.lower[child] in lists["negative_determiners"] and not self._is_no_phrase(child)
            if none or (words.lower[child] == "not" and not self._is_focus(child)):
                yield child

    def _is_focus(self, at: int) -> bool:
        following = self.words.lower[at + 1 : at + 2]
        return bool(following) and following[0] in self.words.lexicon.words["focus"]

    def _is_no_phrase(self, at: int) -> bool:
        following = self.words.lower[at + 1 : at + 2]
        return (
            bool(following) and self.words.lexicon.no_phrases.get(following[0], Commitment.CT_MINUS) != "CT-"
        )

    def _weak_negator(self) -> int | None:
        words, weak = self.words, self.words.lexicon.words["weak_negations"]
        for child in words.children[self.predicate]:
            if words.deps[child] == "advmod" and words.lower[child] in weak and child < self.predicate:
                return child
            if words.deps[child] in _ARGUMENTS:
                few = [at for at in words.kids(child, "amod", "det", "advmod") if words.lower[at] in weak]
                if few and words.lower[few[0] - 1 : few[0]] != ["a"] and words.deps[child] in _SUBJECTS:
                    return few[0]
        return None

    def _negated(self) -> Reading:
        negators = [*self._negators(), *self._shared_negation()]
        found = Reading(markers=frozenset(negators))
        if len(negators) % 2:
            found = found.then(Commitment.CT_MINUS)
        weak = self._weak_negator()
        return found if weak is None else found.then(Commitment.PR_MINUS, weak)

    def _shared_negation(self) -> list[int]:
        """Return the "not" of the first of two joined verbs that share an auxiliary before it."""
        words = self.words
        if words.deps[self.predicate] != "conj" or self.has_subject():
            return []
        if words.kids(self.predicate, *AUXILIARIES):
            return []
        first = words.heads[self.predicate]
        joined = {words.lower[at] for at in words.kids(self.predicate, "cc")}
        return [
            at
            for at in words.children[first]
            if words.lower[at] in ("not", "n't")
            and ("or" in joined or words.kids(first, "aux"))
            and at < first
        ]

    def _modality(self, found: Reading) -> Reading:
        words = self.words
        for at in self.auxiliaries:
            name = words.lexicon.modal(words.lower[at])
            had = words.lower[at] == "'d" and words.tags[self.predicate] in ("VBN", "VBD")
            if name and not had and words.tags[at : at + 1] not in (["VBP"], ["VB"]):
                return self._modal(found, at, name)
        return found

    def _modal(self, found: Reading, at: int, name: str) -> Reading:
        words, rows = self.words, self.words.lexicon.modals
        perfect = any(words.lemmas[aux] == "have" and aux > at for aux in self.auxiliaries)
        negated = found.value is Commitment.CT_MINUS
        marks = {at, *found.markers}
        if name == "would" and not perfect and self._is_reported_future(at):
            name = "will"
        row = rows[name]
        value = row["perfect"] if perfect else row["negated"] if negated else row["plain"]
        if perfect and negated:
            value = {"CT-": Commitment.CT_PLUS, "CT+": Commitment.CT_MINUS}.get(value, _turned(value))
            if name in ("could", "can"):
                value = Commitment.CT_MINUS
        raised = self._raised(at)
        if raised is not None and value in (Commitment.PS_PLUS, Commitment.PS_MINUS):
            marks.add(raised)
            value = Commitment.PR_PLUS if value is Commitment.PS_PLUS else Commitment.PR_MINUS
        past_can = name in ("could", "can") and negated
        unreal = not perfect and not past_can
        return Reading(value, frozenset(marks), unreal or value is Commitment.UU)

    def _is_reported_future(self, at: int) -> bool:
        words = self.words
        if any(words.lower[near] in _LATER for near in range(at, min(self.predicate + 1, len(words.lower)))):
            return True
        conditions = any(self._is_condition(child) is not None for child in words.children[self.predicate])
        return self.backshift and not conditions and words.lower[self.predicate] not in _BACKSHIFT_NOT

    def _raised(self, modal: int) -> int | None:
        raising = self.words.lexicon.words["raising"]
        near = [at for at in range(modal + 1, self.predicate) if self.words.lower[at] in raising]
        return near[0] if near else None

    def _adverbs(self, found: Reading) -> Reading:
        words, adverbs = self.words, self.words.lexicon.adverbs
        near = [at for at in words.children[self.predicate] if words.deps[at] in _ADVERBIALS]
        near += [at for aux in self.auxiliaries for at in words.kids(aux, "advmod")]
        for at in near:
            value = adverbs.get(words.lower[at])
            if words.lower[at] == "necessarily" and found.value is Commitment.CT_MINUS:
                found = Reading(Commitment.UU, found.markers | {at})
            elif value is not None and at not in found.markers:
                hearsay = words.lower[at] in words.lexicon.words["hearsay"]
                found = found.then(value, at, unreal=value is Commitment.UU and not hearsay)
        for first, last, value in self._phrases():
            found = found.then(value, *range(first, last + 1))
        return found

    def _phrases(self) -> Iterator[tuple[int, int, Commitment]]:
        words = self.words
        start = words.left_edge(self.predicate)
        for at in range(max(start, self.predicate - 30), self.predicate + 1):
            for rest, value in words.lexicon.phrases.get(words.lower[at], ()):
                if tuple(words.lower[at + 1 : at + 1 + len(rest)]) == rest:
                    yield at, at + len(rest), value

    def _conditioned(self, found: Reading) -> Reading:
        counterfactual = found.value in (Commitment.CT_MINUS, Commitment.CT_PLUS) and self._would_have()
        own = self._own_condition()
        if own is not None:
            return Reading(Commitment.UU, found.markers | {own}, unreal=True)
        if counterfactual:
            return found
        for child in self.words.children[self.predicate]:
            at = self._is_condition(child)
            if at is not None:
                return Reading(Commitment.UU, found.markers | {at}, unreal=True)
        return found

    def _would_have(self) -> bool:
        lower = [self.words.lower[at] for at in self.auxiliaries]
        return "would" in lower and "have" in lower

    def _own_condition(self) -> int | None:
        """Return the "if" or "whether" that opens this very clause."""
        for at in self.marks():
            if at not in self.hidden and self._is_conditional_word(at):
                return at
        return None

    def _is_conditional_word(self, at: int) -> bool:
        words, lists = self.words, self.words.lexicon.words
        pair = " ".join(words.lower[max(0, at - 1) : at + 1])
        if pair in lists["not_conditions"] or " ".join(words.lower[at : at + 2]) in lists["not_conditions"]:
            return False
        longer = (" ".join(words.lower[at : at + size]) for size in (1, 2, 3, 4))
        return any(phrase in lists["conditions"] for phrase in longer)

    def _is_condition(self, child: int) -> int | None:
        """Return the word that makes the clause of ``child`` a condition of this one."""
        words = self.words
        if words.deps[child] not in ("advcl", "advmod", "obl", "prep"):
            return None
        for at in words.kids(child, *_MARKS):
            if words.lower[at] != "whether" and self._is_conditional_word(at):
                return at
        edge = words.left_edge(child)
        if (
            words.deps[child] == "advcl"
            and words.lower[edge] in _INVERTED
            and words.deps[edge] in AUXILIARIES
        ):
            return edge
        return None


def _turned(value: Commitment) -> Commitment:
    return Commitment(value.replace("+", "-")) if value.endswith("+") else value
