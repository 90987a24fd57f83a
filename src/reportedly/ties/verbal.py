"""Ties whose predicate is a verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportedly.ties.actors import Actors
from reportedly.ties.clauses import Clauses, Mood, Subject
from reportedly.ties.draft import Predicate, tied
from reportedly.ties.lexicon import Sense, nouns, table, verbs, words
from reportedly.ties.tree import Tree
from reportedly.types import PLOVER, Actor, ActorKind, Tie

_NAMED = frozenset({ActorKind.PERSON, ActorKind.ORGANISATION, ActorKind.STATE, ActorKind.ARMED_GROUP})
_OWNED = 0.85
_INHERITED = 0.9
_UNLISTED = 0.7
_BY_GROUP = 0.85
_MOST_MUTUAL = 4
"""Of more than these who met, each with each is a list and no tie."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a tie. owned: the words name a thing, and these are its owners."""

    actors: list[Actor]
    owned: bool = False


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
            relation, targets = key, self._direct_targets(verb, subject)
        else:
            preposition, targets = self._oblique(verb, key, sense, subject.passive)
            relation = f"{key} {preposition}".strip()
        agents = self._agents(verb, subject)
        owned = agents.owned or targets.owned
        if not (agents.actors and targets.actors) or self._lacks_infinitive(verb, key, sense):
            return
        plover = sense.plover
        if targets.owned and key == "welcome":
            plover = "SUPPORT"  # what one welcomes of another's is no visit
        if targets.owned and plover not in words("of_things"):
            return
        weight = (_OWNED if owned else 1.0) * (_INHERITED if subject.inherited else 1.0)
        predicate = self._predicate(verb, relation, plover, mood, weight)
        yield from tied(replace(predicate, owned=owned), agents.actors, targets.actors)

    def _lacks_infinitive(self, verb: int, key: str, sense: Sense) -> bool:
        if sense.plover != "REQUEST" or key not in words("with_infinitive"):
            return False
        return not self._tree.having(verb, {"xcomp", "ccomp", "advcl"}) or (
            key == "tell" and not self._tree.having(verb, {"xcomp"})
        )

    def _direct_targets(self, verb: int, subject: Subject) -> _Side:
        """Return those to whom a verb with a direct object is done: its subject in the passive."""
        tree = self._tree
        if subject.passive:
            return self._side(list(subject.nouns))
        if tree.lemma[verb] in words("recipients") and not any(
            tree.preposition(kid) == "with" for kid in tree.having(verb, {"obl"})
        ):
            return self._side([one for kid in tree.having(verb, {"iobj"}) for one in tree.group(kid)])
        return self._side(self._clauses.objects(verb))

    def _agents(self, verb: int, subject: Subject) -> _Side:
        """Return those who do it: the subject, in the passive what follows "by"."""
        if not subject.passive:
            return self._side(list(subject.nouns), doing=True)
        obliques = self._clauses.obliques(verb, True)
        side = self._side([noun for preposition, noun in obliques if preposition == "by"], doing=True)
        return side if side.actors else self._agents_of_deed(obliques)

    def _agents_of_deed(self, obliques: list[tuple[str, int]]) -> _Side:
        """ "Was killed in a raid by US troops", "in an attack claimed by ISIS": who did the deed did it."""
        tree = self._tree
        for preposition, noun in obliques:
            if preposition not in ("in", "during") or tree.lemma[noun] not in nouns():
                continue
            heads = [kid for kid in tree.having(noun, {"nmod"}) if tree.preposition(kid) == "by"]
            for verb in tree.having(noun, {"acl"}):
                heads.extend(one for word, one in self._clauses.obliques(verb, True) if word == "by")
            side = self._side(heads)
            found = side.actors or list(self._actors.owners(noun))
            if found:
                return _Side(found, owned=True)
        return _Side([])

    def _side(self, heads: list[int], doing: bool = False) -> _Side:
        """Return the actors that nouns name, or to whom the things belong that they name."""
        found = [actor for head in heads for actor in self._actors.at(head)]
        if found:
            return _Side(found)
        tree = self._tree
        for head in heads:
            if not doing or tree.lemma[head] in words("instruments") or tree.lemma[head] in nouns():
                found.extend(self._actors.owners(head))
                found.extend(self._whose(head, doing))
        return _Side(found, owned=True)

    def _whose(self, thing: int, doing: bool) -> Iterator[Actor]:
        """Yield the actors in "the house of X" and "attacks by X"; "the invasion of X" is not X's doing."""
        tree = self._tree
        undergone = any("of" in sense.targets for sense in nouns().get(tree.lemma[thing], ()))
        wanted = {"by"} if doing and undergone else {"of", "by"}
        for kid in tree.kids[thing]:
            if tree.dep[kid] == "nmod" and tree.preposition(kid) in wanted:
                for one in tree.group(kid):
                    yield from self._actors.at(one)

    def _oblique(self, verb: int, key: str, sense: Sense, passive: bool) -> tuple[str, _Side]:
        """Return the preposition found and those behind it, on the verb or on its object ("aid to")."""
        tree = self._tree
        objects = self._clauses.objects(verb)
        places = list(self._clauses.obliques(verb, passive))
        for noun in objects:
            if tree.lemma[noun] not in nouns():
                places.extend((tree.preposition(kid), kid) for kid in tree.having(noun, {"nmod"}))
        if key in words("transfers"):
            if not any(self._is_gift(noun) for noun in objects):
                return "", _Side([])
            places.extend(("to", noun) for noun in tree.having(verb, {"iobj"}))
        for preposition in sorted(sense.targets):
            side = self._side([noun for found, noun in places if found == preposition])
            if side.actors:
                return preposition, side
        return "", _Side([])

    def _is_gift(self, noun: int) -> bool:
        tree = self._tree
        return (
            tree.lemma[noun] in words("gifts")
            or tree.pos[noun] in ("NUM", "SYM")
            or any(sense.plover == "AID" for sense in nouns().get(tree.lemma[noun], ()))
        )

    def _mutual(self, verb: int, key: str, sense: Sense, subject: Subject, mood: Mood) -> Iterator[Tie]:
        """ "A and B met": each of two subjects with the other, where nothing else is the object."""
        if key not in words("mutual") or subject.passive or self._clauses.objects(verb):
            return
        actors = self._agents(verb, subject).actors
        predicate = self._predicate(verb, key, sense.plover, mood, _BY_GROUP)
        for at, actor in enumerate(actors[:_MOST_MUTUAL]):
            yield from tied(predicate, [actor], actors[at + 1 : _MOST_MUTUAL])

    def _unlisted(self, verb: int, key: str, subject: Subject, mood: Mood) -> Iterator[Tie]:
        """A verb we have no class for ties actors that are named, as plain subject and object only."""
        agents, targets = self._agents(verb, subject), self._direct_targets(verb, subject)
        if agents.owned or targets.owned:
            return
        if all(self._is_named(actor) for actor in (*agents.actors, *targets.actors)):
            predicate = self._predicate(verb, key, None, mood, _UNLISTED)
            yield from tied(predicate, agents.actors, targets.actors)

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
    return table("reversal").get(plover, plover) if plover in PLOVER else plover
