"""What a stretch of text says of its main predicate where no parse is at hand: word after word.

The words that decide stand before what they decide on, in the order of their scopes, in nearly all English
clauses; what comes after the first clause is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportedly.commitment.lexicon import Cue, Match, Wanted, find
from reportedly.commitment.values import AS_IT_IS, HEARSAY, Reading, Signature, combine
from reportedly.commitment.words import Words
from reportedly.types import Commitment

LENGTH: Final = 40
"""Words looked at: the first clause of nearly any content."""
_SEAMS: Final = frozenset({";", "who", "which", "because", "although", "though", "whereas", "while", "but"})
_SENTENCE_ENDS: Final = frozenset({".", "!", "?"})
_OWN: Final = frozenset({"belief", "conviction", "guess", "doubt"})
_COMPLEMENT_SIGNS: Final = frozenset({"to", "that", "from", "of", "in", "whether", "if"})


class Run:
    """The words of one stretch, read from left to right.

    backshift: "would" stands for "will". governed: look for words that take a complement. claims: the words
    are turned down, so that "claims that" stands for what is claimed.
    """

    def __init__(
        self,
        words: Words,
        tokens: Sequence[int],
        *,
        backshift: bool = False,
        governed: bool = True,
        claims: bool = False,
    ) -> None:
        self.words = words
        self.tokens = [at for at in tokens[:LENGTH] if not words.lower[at].isspace()]
        self.backshift = backshift
        self.governed = governed
        self.claims = claims

    def reading(self) -> Reading:
        """Return the reading of what the last governing word leaves open."""
        outer: tuple[Reading, Signature] | None = None
        here = Reading()
        place = 0
        clause = self._first_clause()
        while place < len(clause):
            at = clause[place]
            governor = self._governor(at)
            if governor is None:
                here, step = self._local(here, clause, place)
            else:
                found, meaning = governor
                outer = (self._under(outer, here).then(Commitment.CT_PLUS, at, found.last), meaning)
                here, step = Reading(), found.last - at + 1
            place += step
        return self._supposed(self._under(outer, here))

    @staticmethod
    def _under(outer: tuple[Reading, Signature] | None, here: Reading) -> Reading:
        if outer is None:
            return here
        own, signature = outer
        value = signature.under(own.value, here.value)
        return Reading(value, own.markers | here.markers, own.unreal or here.unreal or signature.unreal)

    def _first_clause(self) -> list[int]:
        clause: list[int] = []
        for at in self.tokens:
            word, following = self.words.lower[at], self.words.lower[at + 1 : at + 2]
            if word in _SEAMS or word in _SENTENCE_ENDS or (word == "," and following in (["and"], ["or"])):
                break
            clause.append(at)
        return clause

    def _governor(self, at: int) -> tuple[Match, Signature] | None:
        """Return the entry at ``at`` if its complement follows, and what it makes of it."""
        words = self.words
        if not self.governed:
            return None
        if set(words.lower[max(0, at - 3) : at]) & words.lexicon.words["first_person"]:
            own = find(words.lexicon.cues, words.lower, words.lemmas, at, Wanted(("verbs",)))
            if own is not None and isinstance(own.entry.meaning, Cue) and own.entry.meaning.name in _OWN:
                return own, own.entry.meaning.voice
        sign = self._complement_sign(at)
        if sign is None:
            return None
        passive = any(words.lemmas[near] == "be" for near in range(max(0, at - 2), at))
        kinds = ("adjectives", "nouns", "verbs") if passive else ("verbs", "nouns")
        wanted = Wanted(kinds, "to" if sign == "to" else "that")
        found = find(words.lexicon.operators, words.lower, words.lemmas, at, wanted)
        if found is None or not isinstance(found.entry.meaning, Signature) or found.entry.meaning.main:
            return None
        noun = found.entry.kind == "nouns"
        if noun and words.lower[at].endswith(("ed", "ing")) and words.lower[at] != words.lemmas[at]:
            return None  # "claimed": the verb of the noun's form
        far = noun and words.lower[at + 1] != sign
        if self.claims and noun and found.entry.meaning == HEARSAY:
            return found, AS_IT_IS
        return None if far else (found, found.entry.meaning)

    def _complement_sign(self, at: int) -> str | None:
        """Return the word that opens the complement of ``at``, with no other governor before it."""
        words = self.words
        for near in range(at + 1, min(at + 5, len(words.lower))):
            if words.lower[near] in _COMPLEMENT_SIGNS:
                return words.lower[near]
            if words.lemmas[near] in words.lexicon.operators or words.lower[near] in (",", "."):
                return None
        return None

    def _local(self, here: Reading, clause: Sequence[int], place: int) -> tuple[Reading, int]:
        """Return the reading with the word at ``place`` taken in, and how many words that took."""
        words, lexicon = self.words, self.words.lexicon
        at = clause[place]
        word = words.lower[at]
        modal = lexicon.modal(word)
        had = (
            word == "'d"
            and words.lower[at + 1 : at + 2]
            and words.lower[at + 1].endswith(("ed", "en", "better"))
        )
        if modal and not had:
            return self._modal(here, modal, clause[place : place + 5])
        for rest, value in lexicon.phrases.get(word, ()):
            if tuple(words.lower[at + 1 : at + 1 + len(rest)]) == rest:
                return here.then(value, *range(at, at + 1 + len(rest))), 1 + len(rest)
        if word in lexicon.adverbs:
            value = lexicon.adverbs[word]
            hearsay = word in lexicon.words["hearsay"]
            return here.then(value, at, unreal=value is Commitment.UU and not hearsay), 1
        if self._negates(at):
            return here.then(Commitment.CT_MINUS, at), 1
        return here, 1

    def _negates(self, at: int) -> bool:
        words, lists = self.words, self.words.lexicon.words
        word, following = words.lower[at], words.lower[at + 1 : at + 2]
        if word in lists["negative_determiners"]:
            value = words.lexicon.no_phrases.get(following[0] if following else "", Commitment.CT_MINUS)
            return value is Commitment.CT_MINUS
        if word in lists["negations"]:
            return not (following and following[0] in lists["focus"])
        return word in lists["negative_pronouns"]

    def _modal(self, here: Reading, name: str, near: Sequence[int]) -> tuple[Reading, int]:
        words, lists = self.words, self.words.lexicon.words
        after = [words.lower[at] for at in near[1:4]]
        negated = [at for at in near[1:3] if words.lower[at] in ("not", "n't", "never")]
        perfect = "have" in after and "to" not in after
        if name == "would" and self.backshift and not perfect:
            name = "will"
        row = words.lexicon.modals[name]
        value = row["perfect"] if perfect else row["negated"] if negated else row["plain"]
        if perfect and negated:
            value = combine(Commitment.CT_MINUS, value)
        raised = [at for at in near[1:3] if words.lower[at] in lists["raising"]]
        marks = [near[0], *negated]
        if raised and value is Commitment.PS_PLUS:
            value, marks = Commitment.PR_PLUS, [*marks, raised[0]]
        unreal = not perfect and not (name in ("can", "could") and negated)
        return here.then(value, *marks, unreal=unreal), 1 + len(negated)

    def _supposed(self, found: Reading) -> Reading:
        """Return the reading with a condition or a question mark in its first sentence taken in."""
        words, lists = self.words, self.words.lexicon.words
        for at in self.tokens:
            pair = {" ".join(words.lower[max(0, at - 1) : at + 1]), " ".join(words.lower[at : at + 2])}
            if words.lower[at] == "?" or (
                words.lower[at] in ("if", "unless", "whether") and not pair & lists["not_conditions"]
            ):
                return Reading(Commitment.UU, found.markers | {at}, unreal=True)
            if words.lower[at] in (".", "!"):
                break
        return found
