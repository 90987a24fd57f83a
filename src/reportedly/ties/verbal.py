"""Ties whose predicate is a verb."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.ties.actors import Actors
from reportedly.ties.clauses import Clauses, Mood, Subject
from reportedly.ties.draft import Predicate, tied
from reportedly.ties.lexicon import CLASSES, Sense, nouns, table, verbs, words
from reportedly.ties.tree import Tree
from reportedly.types import Actor, ActorKind, Tie

_NAMED = frozenset({ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.STATE, ActorKind.ARMED_GROUP})
_OWNED = 0.85
_INHERITED = 0.9
_UNLISTED = 0.7
_BY_GROUP = 0.85
_MOST_MUTUAL = 4
"""Of more than these who met, each with each is a list and no tie."""

Sides = tuple[list[Actor], float]
"""Actors and how far they can be relied on."""


class Verbal:
    """Reads the ties of verbs off one story."""

    def __init__(self, tree: Tree, actors: Actors, clauses: Clauses) -> None:
        self._tree, self._actors, self._clauses = tree, actors, clauses

    def ties(self, verb: int) -> Iterator[Tie]:
        """Yield the ties of the verb at this token."""
        key = self._clauses.key(verb)
        senses = verbs().get(key) or ()
        if not senses and (" " in key or not self._is_plain(verb)):
            return
        subject = self._clauses.subject(verb)
        mood = self._clauses.mood(verb)
        if self._only_asked_for(verb, mood):
            return
        found = False
        for sense in senses:
            for tie in self._of_sense(verb, key, sense, subject, mood):
                found = True
                yield tie
            if found:
                return
        if senses:
            yield from self._mutual(verb, key, senses[0], subject, mood)
        else:
            yield from self._unlisted(verb, key, subject, mood)

    def _is_plain(self, verb: int) -> bool:
        lemma = self._tree.lemma[verb]
        return not any(lemma in words(name) for name in ("silent", "light", "ending", "making", "hoping"))

    def _only_asked_for(self, verb: int, mood: Mood) -> bool:
        """ "Urged Syria to attack": nobody says that Syria attacks."""
        lemma = self._tree.lemma
        return any(
            lemma[outer] in words("demanding")
            and self._clauses.subject(verb).inherited
            and self._clauses.objects(outer)
            for outer in mood.outer
        )

    def _of_sense(self, verb: int, key: str, sense: Sense, subject: Subject, mood: Mood) -> Iterator[Tie]:
        if sense.targets == {""}:
            relation, agents, targets, weight = key, *self._direct(verb, subject)
        else:
            preposition, targets, weight = self._oblique(verb, sense, subject.passive)
            relation = f"{key} {preposition}"
            agents, sure = self._agents(verb, subject)
            weight *= sure
        if not (agents and targets) or self._lacks_infinitive(verb, key, sense):
            return
        predicate = self._predicate(verb, relation, sense.plover, mood, weight)
        yield from tied(predicate, agents, targets)

    def _lacks_infinitive(self, verb: int, key: str, sense: Sense) -> bool:
        if sense.plover != "REQUEST" or key not in words("with_infinitive"):
            return False
        return not self._tree.having(verb, {"xcomp", "ccomp", "advcl"}) or (
            key == "tell" and not self._tree.having(verb, {"xcomp"})
        )

    def _direct(self, verb: int, subject: Subject) -> tuple[list[Actor], list[Actor], float]:
        """Return agents, targets and weight of a verb with a direct object, turned round in the passive."""
        agents, sure = self._agents(verb, subject)
        heads = list(subject.nouns) if subject.passive else self._clauses.objects(verb)
        targets, weight = self._sides(heads)
        return agents, targets, sure * weight

    def _agents(self, verb: int, subject: Subject) -> Sides:
        """Return those who do it: the subject, in the passive what follows "by"."""
        inherited = _INHERITED if subject.inherited else 1.0
        if subject.passive:
            heads = [noun for preposition, noun in self._clauses.obliques(verb, True) if preposition == "by"]
        else:
            heads = list(subject.nouns)
        actors, weight = self._sides(heads, doing=True)
        return actors, weight * inherited

    def _sides(self, heads: list[int], doing: bool = False) -> Sides:
        """Return the actors that nouns name, or to whom the things belong that they name."""
        found = [actor for head in heads for actor in self._actors.at(head)]
        if found:
            return found, 1.0
        tree = self._tree
        for head in heads:
            if not doing or tree.lemma[head] in words("instruments") or tree.lemma[head] in nouns():
                found.extend(self._actors.owners(head))
                found.extend(self._whose(head))
        return found, _OWNED

    def _whose(self, thing: int) -> Iterator[Actor]:
        """Yield the actors in "the house of X", "attacks by X", and for "its" the subject around it."""
        tree = self._tree
        for kid in tree.kids[thing]:
            if tree.dep[kid] == "nmod" and tree.preposition(kid) in ("of", "by"):
                for one in tree.group(kid):
                    yield from self._actors.at(one)

    def _oblique(self, verb: int, sense: Sense, passive: bool) -> tuple[str, list[Actor], float]:
        """Return the preposition found and those behind it, on the verb or on its object ("aid to")."""
        tree = self._tree
        places = list(self._clauses.obliques(verb, passive))
        for noun in self._clauses.objects(verb):
            if tree.lemma[noun] not in nouns():
                places.extend((tree.preposition(kid), kid) for kid in tree.having(noun, {"nmod"}))
        for preposition in sorted(sense.targets):
            actors, weight = self._sides([noun for found, noun in places if found == preposition])
            if actors:
                return preposition, actors, weight
        return "", [], 1.0

    def _mutual(self, verb: int, key: str, sense: Sense, subject: Subject, mood: Mood) -> Iterator[Tie]:
        """ "A and B met": each of two subjects with the other, where nothing else is the object."""
        if key not in words("mutual") or subject.passive or self._clauses.objects(verb):
            return
        actors, weight = self._agents(verb, subject)
        predicate = self._predicate(verb, key, sense.plover, mood, weight * _BY_GROUP)
        for at, actor in enumerate(actors[:_MOST_MUTUAL]):
            yield from tied(predicate, [actor], actors[at + 1 : _MOST_MUTUAL])

    def _unlisted(self, verb: int, key: str, subject: Subject, mood: Mood) -> Iterator[Tie]:
        """A verb we have no class for ties actors that are named, as plain subject and object only."""
        agents, targets, weight = self._direct(verb, subject)
        if weight < 1.0 or not agents or not targets:
            return
        if all(self._is_named(actor) for actor in (*agents, *targets)):
            yield from tied(self._predicate(verb, key, None, mood, _UNLISTED), agents, targets)

    def _is_named(self, actor: Actor) -> bool:
        return actor.kind in _NAMED and actor.name[:1].isupper()

    def _predicate(
        self, verb: int, relation: str, plover: str | None, mood: Mood, weight: float
    ) -> Predicate:
        tree = self._tree
        first = verb
        negated = mood.negated
        for outer in mood.outer:
            if tree.dep[first] != "xcomp" or tree.pos[outer] not in ("VERB", "ADJ"):
                break
            turned = governed(tree.lemma[outer], plover)
            if turned is not None:
                plover, first = turned, outer
                relation = f"{tree.lemma[outer]} to {relation}"
                break
            first = outer
        else:
            first = verb
        if first != verb and not relation.startswith(tree.lemma[first]):
            first = verb
        if mood.future and not negated and plover in words("good"):
            plover = "AGREE"
        particle = tree.having(verb, {"compound:prt"})
        last = max([verb, *(one for one in particle if one - verb <= 2)])
        return Predicate(relation, plover, tree.span(min(first, verb), last), negated, weight * mood.sure)


def governed(outer: str, plover: str | None) -> str | None:
    """Return the class of "threatened to attack", "agreed to send"; None: the outer verb changes nothing."""
    if plover is None:
        return None
    if outer in words("refusing"):
        return "REJECT"
    good = plover in words("good")
    if good and (outer in words("promising") or outer in words("promising_adjectives")):
        return "AGREE"
    if not good and outer in words("threatening"):
        return "THREATEN"
    return None


def ended(plover: str | None) -> str | None:
    """Return the class of ending what has this class: who lifts sanctions concedes."""
    return table("reversal").get(plover, plover) if plover in CLASSES else plover
