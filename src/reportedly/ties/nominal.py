"""Ties whose predicate is a noun: "talks between", "an attack on", "an ally of", "Iran-backed"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportedly.model.places import state_of
from reportedly.ties.actors import Actors
from reportedly.ties.clauses import Clauses, Mood
from reportedly.ties.draft import Predicate, tied
from reportedly.ties.lexicon import Sense, nouns, table, words
from reportedly.ties.tree import PASSIVE_SUBJECT, SUBJECT, VERBAL, Tree
from reportedly.ties.verbal import ended, governed
from reportedly.types import Actor, ActorKind, Span, Tie

_OWNED = 0.8
_LIGHT = 0.9
_BOND = 0.9
_COMPOUND = 0.9
_PLAIN = Mood(negated=False, sure=1.0, future=False, outer=())


class Nominal:
    """Reads the ties of nouns off one story."""

    def __init__(self, tree: Tree, actors: Actors, clauses: Clauses) -> None:
        self._tree, self._actors, self._clauses = tree, actors, clauses

    def ties(self, noun: int) -> Iterator[Tie]:
        """Yield the ties of the event noun at this token."""
        tree = self._tree
        senses = nouns().get(tree.lemma[noun]) or nouns().get(tree.lower[noun]) or ()
        if not senses or tree.dep[noun] == "compound" or tree.entity[noun] >= 0:
            return
        governor = self._governor(noun)
        mood = self._clauses.mood(governor) if governor is not None else _PLAIN
        for sense in senses:
            found = list(self._between(noun, sense, governor, mood)) if sense.mutual else []
            found = found or list(self._directed(noun, sense, governor, mood))
            if found:
                yield from found
                return

    def _governor(self, noun: int) -> int | None:
        """Return the verb that the noun completes, if it says little itself or ends what the noun names."""
        tree = self._tree
        base = self._counted(noun)
        if tree.dep[base] == "conj":
            base = tree.head[base]
        head = tree.head[base]
        if head == base or tree.pos[head] not in VERBAL:
            return None
        if tree.dep[base] == "obl":
            return head if self._is_adverbial(base, noun, head) else None
        key = self._clauses.key(head)
        if tree.dep[base] not in ("obj", "nsubj:pass"):
            return None
        return head if key in words("light") or key in words("ending") else None

    def _counted(self, noun: int) -> int:
        """Return the noun of amount that stands for this one: "a round" of "a round of talks"."""
        tree = self._tree
        head = tree.head[noun]
        amount = tree.lemma[head] in words("rounds") or tree.pos[head] in ("NUM", "SYM")
        counted = tree.dep[noun] == "nmod" and amount and tree.preposition(noun) in ("of", "in")
        return head if counted and tree.pos[head] not in VERBAL else noun

    def _is_adverbial(self, base: int, noun: int, verb: int) -> bool:
        """Whether "in support of" or "under attack by" ties the verb's subject."""
        tree = self._tree
        preposition = tree.preposition(base)
        if preposition == "in" and tree.lemma[noun] in words("in_phrases"):
            return True
        return f"{self._clauses.key(verb)} {preposition}" in words("light")

    def _between(self, noun: int, sense: Sense, governor: int | None, mood: Mood) -> Iterator[Tie]:
        """Yield the ties of "talks between A and B", "A-B talks", "A and B held talks"."""
        tree = self._tree
        sides: list[Actor] = []
        reached = [kid for verb in tree.having(noun, {"acl"}) for kid in tree.having(verb, {"obl"})]
        for kid in [*tree.having(noun, {"nmod", "obl"}), *reached]:
            if tree.preposition(kid) in ("between", "among"):
                sides = [actor for one in tree.group(kid) for actor in self._actors.at(one)]
        weight = 1.0
        if (
            not sides
            and tree.lower[noun - 1 : noun]
            and noun >= 3
            and tree.words[noun - 2] in ("-", "–", "—")
        ):
            sides, weight = self._hyphenated(noun), _OWNED
        if not sides and governor is not None and not self._targets(noun, sense, governor)[0]:
            subject = self._clauses.subject(governor)
            sides = [] if subject.passive else [a for one in subject.nouns for a in self._actors.at(one)]
            weight = _LIGHT if len(sides) == 2 else 0.0
        if len(sides) >= 2 and weight:
            predicate = self._predicate(noun, sense, governor, mood, weight)
            for at, side in enumerate(sides[:4]):
                yield from tied(predicate, [side], sides[at + 1 : 4])

    def _hyphenated(self, noun: int) -> list[Actor]:
        """Return both sides of "Iran-US talks"."""
        tree = self._tree
        found: list[Actor] = []
        for at in (noun - 3, noun - 1):
            state = state_of(tree.words[at])
            found.extend(
                [Actor(state, ActorKind.STATE, tree.span(at, at), state)] if state else self._actors.at(at)
            )
        return found if len(found) == 2 else []

    def _directed(self, noun: int, sense: Sense, governor: int | None, mood: Mood) -> Iterator[Tie]:
        agents, sure = self._agents(noun, sense, governor)
        targets, weight = self._targets(noun, sense, governor)
        if governor is not None and self._is_undergone(noun, sense, governor):
            agents, targets = self._undergone(noun, governor)
        if not targets and governor is not None and sense.plover in ("SANCTION", "ACCUSE", "CONSULT"):
            targets = [actor for actor in self._before(noun) if actor not in agents]
            weight = _OWNED
        if agents and targets:
            yield from tied(self._predicate(noun, sense, governor, mood, sure * weight), agents, targets)

    def _agents(self, noun: int, sense: Sense, governor: int | None) -> tuple[list[Actor], float]:
        """Return those who do it: "by X", the light verb's subject, "X's", "the support of X"."""
        by = self._after(noun, {"by"})
        if by:
            return by, 1.0
        if governor is not None or self._tree.having(noun, SUBJECT):
            found = self._doers(noun if governor is None else governor)
            if found:
                return found, _LIGHT
        if self._tree.lemma[noun] in words("from") and "from" not in sense.targets:
            found = self._after(noun, {"from"})
            if found:
                return found, _LIGHT
        found = self._before(noun)
        if not found and "of" not in sense.targets:
            found = self._after(noun, {"of"})
        return found, _OWNED

    def _doers(self, verb: int) -> list[Actor]:
        subject = self._clauses.subject(verb)
        heads: tuple[int, ...] = subject.nouns
        if subject.passive:
            heads = tuple(noun for word, noun in self._clauses.obliques(verb, True) if word == "by")
        return [actor for head in heads for actor in self._actors.at(head)]

    def _before(self, noun: int) -> list[Actor]:
        """Return the owners, for "its" and "their" the subject of the clause around the noun."""
        tree = self._tree
        found = list(self._actors.owners(noun))
        if found:
            return found
        for kid in tree.having(noun, {"nmod:poss"}):
            if tree.lower[kid] in ("our", "my"):
                name = "we" if tree.lower[kid] == "our" else "i"
                return [
                    Actor(name, ActorKind.GROUP if name == "we" else ActorKind.PERSON, tree.span(kid, kid))
                ]
            if tree.lower[kid] in words("possessives"):
                actors = [
                    actor for head in self._clauses.around(noun).nouns for actor in self._actors.at(head)
                ]
                return [actor for actor in actors if _agrees(tree.lower[kid], actor, len(actors))]
        return []

    def _after(self, noun: int, prepositions: set[str] | frozenset[str]) -> list[Actor]:
        tree = self._tree
        return [
            actor
            for kid in tree.kids[noun]
            if tree.dep[kid] in ("nmod", "obl") and tree.preposition(kid) in prepositions
            for one in tree.group(kid)
            for actor in self._actors.at(one) or self._actors.owners(one)
        ]

    def _targets(self, noun: int, sense: Sense, governor: int | None) -> tuple[list[Actor], float]:
        """Return those to whom it is done, behind the noun or behind the light verb."""
        wanted = sense.targets - {"between"}
        found = self._after(noun, wanted)
        if found or governor is None:
            return found, 1.0
        for word, other in self._clauses.obliques(governor, False):
            if other != noun and word in wanted:
                found.extend(self._actors.at(other) or self._actors.owners(other))
        tree = self._tree
        for other in tree.having(governor, {"iobj"}):
            found.extend(actor for one in tree.group(other) for actor in self._actors.at(one))
        return found, _LIGHT

    def _is_undergone(self, noun: int, sense: Sense, governor: int) -> bool:
        lemma = self._tree.lemma[governor]
        theirs = sense.plover in ("SUPPORT", "AID") and bool(self._after(noun, {"of"}))
        return lemma in words("undergoing") or (lemma in words("having") and theirs)

    def _undergone(self, noun: int, governor: int) -> tuple[list[Actor], list[Actor]]:
        """ "Hezbollah receives support from Iran": the subject is the target."""
        agents = self._after(noun, {"from", "by", "of"}) or self._before(noun)
        if not agents:
            agents = [
                actor
                for word, other in self._clauses.obliques(governor, True)
                if word in ("from", "by")
                for actor in self._actors.at(other)
            ]
        return agents, self._doers(governor)

    def _predicate(
        self, noun: int, sense: Sense, governor: int | None, mood: Mood, weight: float
    ) -> Predicate:
        tree = self._tree
        relation, plover, span = tree.lemma[noun], sense.plover, tree.span(noun, noun)
        if governor is not None and tree.dep[self._counted(noun)] == "obl":
            relation = f"{tree.preposition(self._counted(noun))} {relation}"
        elif governor is not None:
            key = self._clauses.key(governor)
            relation = f"{key} {relation}"
            plover = ended(plover) if key in words("ending") else plover
            for outer in mood.outer[:1]:
                plover = governed(tree.lemma[outer], plover) or plover
            if mood.future and not mood.negated and plover in words("good"):
                plover = "AGREE"
            span = self._reach(noun, governor)
        negated = mood.negated or self._clauses.no(noun)
        return Predicate(relation, plover, span, negated, weight * mood.sure)

    def _reach(self, noun: int, governor: int) -> Span:
        """Return verb and noun in one span where only few words part them, else the noun."""
        first, last = min(noun, governor), max(noun, governor)
        return self._tree.span(first, last) if last - first <= 6 else self._tree.span(noun, noun)

    def bonds(self, noun: int) -> Iterator[Tie]:
        """Yield what one is to another ("X is an ally of Y", "X, the leader of Y"). No event has no class."""
        tree = self._tree
        if tree.lemma[noun] not in words("bonds"):
            return
        bearers = self._bearers(noun)
        if not bearers:
            return
        others = self._after(noun, {"of", "to"}) or self._possessors(noun)
        copulas = tree.having(noun, {"cop"})
        mood = self._clauses.mood(noun) if copulas else _PLAIN
        word = "of"
        predicate = Predicate(
            f"{tree.lemma[noun]} {word}", None, tree.span(noun, noun), mood.negated, _BOND * mood.sure
        )
        yield from tied(predicate, bearers, others)

    def _bearers(self, noun: int) -> list[Actor]:
        """Return who bears the title: subject of "is", or the name in apposition."""
        tree = self._tree
        if tree.having(noun, {"cop"}):
            heads = [one for kid in tree.having(noun, SUBJECT | PASSIVE_SUBJECT) for one in tree.group(kid)]
        elif tree.dep[noun] == "appos":
            heads = [tree.head[noun]]
        else:
            return []
        return [actor for head in heads for actor in self._actors.at(head)]

    def _possessors(self, noun: int) -> list[Actor]:
        tree = self._tree
        return [
            actor
            for kid in tree.having(noun, {"nmod:poss"})
            if tree.lower[kid] not in words("possessives")
            for actor in self._actors.at(kid)
        ]

    def compounds(self, at: int) -> Iterator[Tie]:
        """Yield the tie of "an Iran-backed militia", whose second half stands at this token."""
        tree = self._tree
        before, hyphen, half = tree.words[at].rpartition("-")
        verb = half.lower()
        if verb not in table("compounds"):
            return
        if hyphen and state_of(before):
            agents = [
                Actor(
                    str(state_of(before)),
                    ActorKind.STATE,
                    Span(tree.start[at], tree.start[at] + len(before)),
                    state_of(before),
                )
            ]
        elif at >= 2 and tree.words[at - 1] in ("-", "–"):
            agents = self._named_at(at - 2)
        else:
            return
        lemma, plover = table("compounds")[verb].split()
        predicate = Predicate(lemma, None if plover == "-" else plover, tree.span(at, at), weight=_COMPOUND)
        yield from tied(predicate, agents, self._described(at))

    def _named_at(self, at: int) -> list[Actor]:
        tree = self._tree
        state = state_of(tree.words[at])
        return (
            [Actor(state, ActorKind.STATE, tree.span(at, at), state)] if state else list(self._actors.at(at))
        )

    def _described(self, at: int) -> list[Actor]:
        """Return the actor of the noun that the compound stands before."""
        tree = self._tree
        noun = tree.head[at]
        if noun <= at or noun - at > 6:
            noun = next(
                (n for n in range(at + 1, min(at + 5, len(tree.words))) if tree.pos[n] in ("NOUN", "PROPN")),
                at,
            )
        after = tree.start[at] + len(tree.words[at]) + 1
        return [
            replace(actor, span=Span(after, actor.span.end))
            for actor in (self._actors.at(noun) if noun != at else ())
            if actor.span.end > after
        ]


def _agrees(possessive: str, actor: Actor, number: int) -> bool:
    """Whether "his", "its" or "their" may stand for an actor."""
    person = actor.kind is ActorKind.PERSON
    if possessive in ("his", "her"):
        return person and number == 1
    return not person if possessive == "its" else True
