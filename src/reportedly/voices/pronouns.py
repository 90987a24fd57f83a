"""Which of the names a third-person pronoun stands for: a log-linear ranker over features that can be read.

Every name, noun for a person and earlier pronoun near the pronoun gets a score, the sum of the weights of its
features (`reportedly.voices.salience`); a softmax over them and "none of these" makes them probabilities
(the mention-ranking model of Denis and Baldridge 2008, Durrett and Klein 2013). What an earlier pronoun gets
goes to those it stands for itself, by its own probabilities.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp
from typing import TYPE_CHECKING, Final

import numpy as np

from reportedly.model.quotation import Quote, in_quotation, quotation
from reportedly.model.whole_text import whole_text
from reportedly.types import Span
from reportedly.voices import agreement
from reportedly.voices.agreement import Case
from reportedly.voices.clauses import Clauses, Place, Role
from reportedly.voices.mentions import Gender, Mention
from reportedly.voices.salience import Item, Sort, Standing, describe, standing

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BEFORE: Final = 8  # sentences searched before the pronoun's own
_AFTER: Final = 4  # and after it
_NAMES: Final = 24  # the nearest names only
_NOUNS: Final = 6
_PRONOUNS: Final = 6
_CHAIN: Final = 3  # sentences searched for earlier pronouns


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item with its features, true ones only. token: where an earlier pronoun stands, -1 for others."""

    item: Item
    features: tuple[str, ...]
    token: int = -1


def antecedent(doc: Doc, pronoun: Span, names: Sequence[Mention]) -> tuple[tuple[int, float], ...]:
    """Return the clusters of names that a third-person pronoun may stand for, with probabilities, best first.

    pronoun: the characters of one of he, she, they, it and their forms; anything else has no antecedent.
    What the probabilities lack to 1 belongs to "none of these names".
    """
    return Antecedents(doc, names).of(pronoun)


class Antecedents:
    """Answers `antecedent` for several pronouns of one Doc."""

    def __init__(self, doc: Doc, names: Sequence[Mention]) -> None:
        self._clauses = Clauses(doc)
        self._names = sorted(names, key=lambda name: name.span.start)
        self._quotes = _quotations(whole_text(doc))
        self._places = [self._clauses.place(name.span.start, name.span.end) for name in self._names]
        self._genders = _genders(self._names)
        self._firsts = {
            name.cluster: place.first
            for name, place in zip(self._names[::-1], self._places[::-1], strict=True)
        }
        self._standings = _standings(self._names, self._places)
        self._evidence: dict[int, list[Evidence]] = {}

    def of(self, pronoun: Span) -> tuple[tuple[int, float], ...]:
        """Return what `antecedent` does."""
        token = self.token_at(pronoun.start)
        if self._clauses.lower[token] not in agreement.agreements():
            return ()
        shares = self._shares(token)
        return tuple(sorted(shares.items(), key=lambda pair: (-pair[1], pair[0])))

    def token_at(self, offset: int) -> int:
        """Return the number of the token that a character stands in."""
        return self._clauses.token_at(offset)

    def _shares(self, token: int) -> dict[int, float]:
        """Return the probability of each cluster."""
        known: dict[int, dict[int, float]] = {}
        for other in [*self.earlier(token), token]:
            known[other] = self._weigh(other, known)
        return known[token]

    def _weigh(self, token: int, known: Mapping[int, Mapping[int, float]]) -> dict[int, float]:
        """Return the probability of each cluster. known: those of the earlier pronouns that count."""
        weights = _weights(self._section(token))
        found = self.evidence(token)
        scores = [exp(sum(weights.get(name, 0.0) for name in one.features)) for one in found]
        none = exp(sum(weights.get(name, 0.0) for name in self.none(token, found)))
        whole = sum(scores) + none
        shares: dict[int, float] = {}
        for one, score in zip(found, scores, strict=True):
            own = one.item.cluster
            for cluster, share in ({own: 1.0} if own >= 0 else known.get(one.token, {})).items():
                shares[cluster] = shares.get(cluster, 0.0) + share * score / whole
        return shares

    def _section(self, token: int) -> str:
        sort = agreement.sort_of(self._clauses.lower[token])
        return f"{sort} {'parsed' if self._clauses.parsed else 'plain'}"

    def none(self, token: int, found: Sequence[Evidence]) -> tuple[str, ...]:
        """Return the features of "none of these"."""
        case = self._case(token)
        fitting = {one.item.cluster for one in found if one.item.sort is Sort.NAME and one.item.fits != "no"}
        before = any(one.item.place.first < token for one in found if one.item.sort is Sort.NAME)
        return ("none", f"none {case}", f"none names {min(len(fitting), 3)}", f"none before {before}")

    def evidence(self, token: int) -> list[Evidence]:
        """Return the items near a pronoun with their features, in the order of the text."""
        if token not in self._evidence:
            self._evidence[token] = self._found(token)
        return self._evidence[token]

    def _found(self, token: int) -> list[Evidence]:
        case, pronoun = self._case(token), self._pronoun(token)
        near = self._near(token)
        found = [self._described(self._name(number, pronoun), pronoun, case) for number in near]
        found = self._with_standing(found, case)
        found += [self._described(noun, pronoun, case) for noun in self._nouns(token, near)]
        for other in self.earlier(token):
            found.append(self._described(self._pronoun(other), pronoun, case, other))
        return sorted(found, key=lambda one: one.item.place.first)

    def _described(self, item: Item, pronoun: Item, case: Case, token: int = -1) -> Evidence:
        return Evidence(item, tuple(describe(item, pronoun, case, self._clauses)), token)

    def _with_standing(self, found: list[Evidence], case: Case) -> list[Evidence]:
        """Add to each name what the story says of its cluster, and how many others were named since."""
        ranked: list[Evidence] = []
        seen: list[int] = []
        for one in reversed(found):
            cluster = one.item.cluster
            place = len(seen) if cluster not in seen else seen.index(cluster)
            more = standing(place, self._standings[cluster], case)
            if cluster in seen:
                more.append("older mention")
            if one.item.place.first == self._firsts[cluster]:
                more.append("first mention")
            ranked.append(Evidence(one.item, (*one.features, *more)))
            if one.item.fits != "no" and cluster not in seen and "after" not in one.features[1]:
                seen.append(cluster)
        return ranked[::-1]

    def _near(self, token: int) -> list[int]:
        """Return the numbers of the nearest names in reach."""
        own = self._clauses.sentence(token)
        reach = range(own - _BEFORE, own + _AFTER + 1)
        places = self._places
        near = [n for n, place in enumerate(places) if place.sentence in reach]
        near = [n for n in near if not places[n].first <= token < places[n].last]
        near.sort(key=lambda n: abs(places[n].head - token))
        return sorted(near[:_NAMES])

    def _name(self, number: int, pronoun: Item) -> Item:
        name, place = self._names[number], self._places[number]
        wanted = agreement.agreements()[self._clauses.lower[pronoun.place.head]]
        short = name.span.end - name.span.start < len(name.name)
        fits = agreement.fits(name, self._genders.get(name.cluster), wanted)
        return Item(Sort.NAME, place, fits, name.cluster, short, self._quotes[name.span.start])

    def _pronoun(self, token: int) -> Item:
        start = self._clauses.starts[token]
        place = self._clauses.place(start, start + 1)
        return Item(Sort.PRONOUN, place, "yes", quoted=self._quotes[start])

    def _case(self, token: int) -> Case:
        word = self._clauses.lower[token]
        case = agreement.cases()[word]
        if word in ("her", "his", "it"):
            return self._ambiguous(token, case)
        return case

    def _ambiguous(self, token: int, case: Case) -> Case:
        word, clauses = self._clauses.lower[token], self._clauses
        role = clauses.place(clauses.starts[token], clauses.starts[token] + 1).role
        if word == "it":
            return Case.OBJECT if role in (Role.OBJECT, Role.OBLIQUE, Role.MODIFIER) else case
        if clauses.parsed:
            return Case.OWNER if role is Role.OWNER or word == "his" else Case.OBJECT
        after = clauses.lower[token + 1] if token + 1 < len(clauses.lower) else ""
        return (
            Case.OWNER
            if word == "his" or (after.isalpha() and after not in agreement.words("not_nouns"))
            else Case.OBJECT
        )

    def earlier(self, token: int) -> list[int]:
        """Return the tokens of the pronouns before it that agree with it, in order."""
        wanted = agreement.agreements()[self._clauses.lower[token]]
        own = self._clauses.sentence(token)
        found: list[int] = []
        for other in range(token - 1, -1, -1):
            if self._clauses.sentence(other) < own - _CHAIN or len(found) == _PRONOUNS:
                break
            if agreement.agreements().get(self._clauses.lower[other]) == wanted:
                found.append(other)
        return found[::-1]

    def _nouns(self, token: int, near: Sequence[int]) -> list[Item]:
        """Return the nouns for people before the pronoun, or in its sentence, that name nobody."""
        wanted = agreement.agreements()[self._clauses.lower[token]]
        if wanted not in agreement.GENDERS:
            return []
        clauses, own = self._clauses, self._clauses.sentence(token)
        taken = self._taken(near)
        found: list[Item] = []
        for other in range(min(token + 40, len(clauses.lower)) - 1, -1, -1):
            if clauses.sentence(other) < own - 2 or len(found) == _NOUNS:
                break
            fits = agreement.noun_fits(clauses.lower[other], wanted)
            if fits and other not in taken and clauses.sentence(other) <= own:
                start = clauses.starts[other]
                found.append(
                    Item(Sort.NOUN, clauses.place(start, start + 1), fits, quoted=self._quotes[start])
                )
        return found

    def _taken(self, near: Sequence[int]) -> set[int]:
        """Return the tokens that belong to a name: its own, the noun before it, the noun that it names."""
        taken: set[int] = set()
        for number in near:
            place = self._places[number]
            taken.update(range(place.first - 1, place.last))
            taken.add(place.anchor)
            if self._clauses.parsed and place.joined == "appos":
                taken.add(self._clauses.heads[place.head])
        if self._clauses.parsed:
            heads, deps = self._clauses.heads, self._clauses.deps
            taken.update(
                token for token in range(len(heads)) if deps[token] == "appos" and heads[token] in taken
            )
        return taken


def _quotations(text: str) -> list[int]:
    """Return for each character the number of the quotation it stands in, 0 outside."""
    states = quotation(text)
    inside = in_quotation(states)
    opens = np.cumsum(states == Quote.OPENING)
    return [int(number) for number in np.where(inside, opens, 0)]


def _genders(names: Sequence[Mention]) -> dict[int, Gender]:
    """Return what the names of each cluster hint at, where they do not disagree."""
    hints = {(name.cluster, name.gender) for name in names if name.gender}
    count = Counter(cluster for cluster, _ in hints)
    return {cluster: gender for cluster, gender in hints if gender and count[cluster] == 1}


def _standings(names: Sequence[Mention], places: Sequence[Place]) -> dict[int, Standing]:
    counts = Counter(name.cluster for name in names if name.animate is not False)
    everyone = Counter(name.cluster for name in names)
    subjects = Counter(
        name.cluster
        for name, place in zip(names, places, strict=True)
        if place.role in (Role.SUBJECT, Role.PASSIVE)
    )
    most = max(counts.values(), default=0)
    first = next((name.cluster for name in names if name.animate is not False), -1)
    return {
        cluster: Standing(count, subjects[cluster], cluster == first, count == most > 1)
        for cluster, count in everyone.items()
    }


@cache
def _weights(section: str) -> Mapping[str, float]:
    source = resources.files("reportedly.voices").joinpath("pronouns.json").read_text(encoding="utf-8")
    tree: dict[str, dict[str, float]] = json.loads(source)
    return tree[section]
