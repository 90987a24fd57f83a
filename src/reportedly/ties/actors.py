"""Who a noun of the parse is: name, kind and state.

A state is known by its name ("Iran"), the seat of its government ("Tehran") and its nationality word. Its
organs and the officials who act for it without being named ("the Iranian foreign ministry", "Iranian
officials", "US troops") are of kind state, under their own words as name; a named official ("President
Hassan Rouhani of Iran") is a person with a state; a people ("three Iranians") a group with a state.
"""

from __future__ import annotations

from dataclasses import replace

from reportedly.model.places import Naming, naming_of, state_of, states_in
from reportedly.ties.lexicon import table, words
from reportedly.ties.tree import NOMINAL, Tree
from reportedly.types import Actor, ActorKind, Span

_INSIDE = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nummod",
        "flat",
        "flat:name",
        "nmod:desc",
        "nmod:poss",
        "det:predet",
        "fixed",
        "goeswith",
    }
)
_OWNING = frozenset({"nmod:poss", "compound", "amod", "nmod:desc", "nmod:unmarked"})
_NO_STATE = frozenset(
    {
        "opposition",
        "rebel",
        "rebels",
        "kurdish",
        "separatist",
        "former",
        "ex",
        "tribal",
        "militia",
        "shiite",
        "shia",
    }
)
_LONGEST = 16
"""Tokens of a name or phrase; longer ones are a parse gone wrong."""


class Actors:
    """The actors of one story, each noun judged once."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._known: dict[int, tuple[Actor, ...]] = {}

    def at(self, noun: int) -> tuple[Actor, ...]:
        """Return whom the noun at this token names: none, one, or several ("French and Dutch officials")."""
        if noun not in self._known:
            self._known[noun] = ()  # a circle in a damaged parse ends here
            self._known[noun] = self._judge(noun)
        return self._known[noun]

    def owners(self, noun: int) -> tuple[Actor, ...]:
        """Return those to whom a thing belongs or who do it: "Iran's", "Iranian", "ISIL", before the noun."""
        tree = self._tree
        found: list[Actor] = []
        for kid in tree.kids[noun]:
            if tree.dep[kid] in _OWNING and tree.lower[kid] not in words("possessives"):
                for one in tree.group(kid):
                    found.extend(self._owner(one))
        return tuple(found)

    def _owner(self, at: int) -> tuple[Actor, ...]:
        """Return the actor that a word before a noun names; an adjective names one by nationality only."""
        tree = self._tree
        if tree.entity[at] < 0 and tree.dep[at] != "nmod:poss" and tree.pos[at] != "PROPN":
            state = state_of(tree.words[at])
            return (self._state(state, tree.span(at, at)),) if state else ()
        state = state_of(tree.words[at])
        if state and naming_of(tree.words[at]) is Naming.PEOPLE:
            return (self._state(state, tree.span(at, at)),)
        return self.at(at)

    @staticmethod
    def _state(state: str, span: Span) -> Actor:
        return Actor(state, ActorKind.STATE, span, state)

    def _judge(self, noun: int) -> tuple[Actor, ...]:
        tree = self._tree
        if tree.pos[noun] == "PRON" or tree.lower[noun] in table("pronouns"):
            return self._pronoun(noun)
        if tree.pos[noun] not in NOMINAL:
            return ()
        first, last = self.extent(noun)
        if last - first >= _LONGEST:
            return ()
        inner = self._quantity(noun)
        if inner is not None:
            return tuple(
                replace(one, span=Span(min(tree.start[first], one.span.start), one.span.end)) for one in inner
            )
        several = self._nationalities(noun, last)
        if several:
            return several
        titled = self._name_inside(noun, last)
        if titled is not None:
            return (self._titled(titled, first, last),)
        actor = self._named(noun, first, last) or self._common(noun, first, last)
        return (actor,) if actor else ()

    def _pronoun(self, at: int) -> tuple[Actor, ...]:
        kind = table("pronouns").get(self._tree.lower[at])
        if kind is None or (self._tree.words[at] in ("US", "IT", "ME")):
            return ()
        return (Actor(self._tree.lower[at], ActorKind(kind), self._tree.span(at, at)),)

    def extent(self, noun: int, depth: int = 0) -> tuple[int, int]:
        """Return first and last token of the noun with its modifiers, "of" phrases of people too."""
        tree = self._tree
        first = last = noun
        place = tree.entity[noun]
        if place >= 0:
            first, last = place, tree.entities[place][0] - 1
        for kid in tree.kids[noun] if depth < 6 else ():
            if tree.dep[kid] in _INSIDE or self._complement(noun, kid):
                start, end = self.extent(kid, depth + 1)
                first, last = min(first, start), max(last, end)
        return first, last

    def _complement(self, noun: int, kid: int) -> bool:
        """Whether ``kid`` is the "of" phrase of a word for people: "the government of Iraq"."""
        tree = self._tree
        return tree.dep[kid] == "nmod" and tree.preposition(kid) == "of" and self._is_people(noun)

    def _is_people(self, noun: int) -> bool:
        lemma = self._tree.lemma[noun]
        return any(
            lemma in words(name)
            for name in ("person", "group", "organisation", "organs", "armed", "quantities")
        )

    def _quantity(self, noun: int) -> tuple[Actor, ...] | None:
        """Return those whom a quantity counts ("dozens of protesters"), None if the noun is no quantity."""
        tree = self._tree
        if tree.lemma[noun] not in words("quantities") and tree.pos[noun] != "NUM":
            return None
        for kid in tree.kids[noun]:
            if tree.dep[kid] == "nmod" and tree.preposition(kid) == "of":
                return tuple(actor for one in tree.group(kid) for actor in self.at(one))
        return None if tree.lemma[noun] in words("organisation") else ()

    def _nationalities(self, noun: int, last: int) -> tuple[Actor, ...]:
        """Return one actor a nationality word where several stand before one noun."""
        tree = self._tree
        if tree.lemma[noun] not in words("organs"):
            return ()
        for kid in tree.having(noun, _OWNING):
            group = [one for one in tree.group(kid) if state_of(tree.words[one])]
            if len(group) > 1:
                return tuple(self._organ(one, noun, last if one == group[-1] else one) for one in group)
        return ()

    def _organ(self, nationality: int, noun: int, last: int) -> Actor:
        tree = self._tree
        name = f"{tree.words[nationality]} {tree.words[noun]}"
        return Actor(name, ActorKind.STATE, tree.span(nationality, last), state_of(tree.words[nationality]))

    def _named(self, noun: int, first: int, last: int) -> Actor | None:
        """Return the actor of a name: what the entity tagger says, corrected by names that we know."""
        tree = self._tree
        place = tree.entity[noun]
        label = tree.entities[place][1] if place >= 0 else ""
        if place < 0 and tree.pos[noun] != "PROPN" and not state_of(tree.words[noun]):
            return None
        start, end = (place, tree.entities[place][0] - 1) if place >= 0 else (first, last)
        name, span = tree.slice(start, end), tree.span(first, last)
        if _is_armed(_bare(name)) and label != "EVENT":
            return Actor(_bare(name), ActorKind.ARMED_GROUP, span)
        if label == "PER" and not self._surely_state(name):
            return Actor(_bare(name), ActorKind.PERSON, span, self._state_around(first, last, start, end))
        state = state_of(name) or state_of(tree.words[noun])
        if state and tree.lemma[noun] not in words("organs"):
            return self._country(noun, state, name if state_of(name) else tree.words[noun], span)
        return self._other_name(noun, label, name, span)

    @staticmethod
    def _surely_state(name: str) -> bool:
        """Whether a name is a state's whatever the entity tagger says: "China", not "Jordan"."""
        return naming_of(name) in (Naming.NAME, Naming.SEAT) and _bare(name) not in words("ambiguous")

    def _country(self, noun: int, state: str, name: str, span: Span) -> Actor:
        how = naming_of(name)
        if how is Naming.PEOPLE:
            return self._people(noun, state, span)
        return Actor(_bare(name) if how is Naming.BODY else state, ActorKind.STATE, span, state)

    def _people(self, noun: int, state: str, span: Span) -> Actor:
        """ "The Iranians" are the state, "an Iranian" is a person, "three Iranians" are a group."""
        tree = self._tree
        determiners = {tree.lower[kid] for kid in tree.kids[noun] if tree.dep[kid] == "det"}
        if (
            state != "Palestine"
            and "the" in determiners
            and not tree.having(noun, {"amod", "nummod", "compound", "nmod"})
        ):
            return Actor(state, ActorKind.STATE, span, state)
        alone = determiners & {"a", "an", "another"}
        return Actor(tree.words[noun], ActorKind.PERSON if alone else ActorKind.GROUP, span, state)

    def _other_name(self, noun: int, label: str, name: str, span: Span) -> Actor | None:
        tree = self._tree
        bare = _bare(name)
        if label == "EVENT":
            return None
        if label == "LOC":
            return Actor(bare, ActorKind.PLACE, span)
        known = set(bare.split()) & words("organisation_names") or bare in words("organisation_names")
        if label == "ORG" or known:
            return self._organisation(tree.lemma[noun], bare, span)
        if label == "NORP":
            return Actor(bare, ActorKind.GROUP, span, next(iter(states_in(bare)), None))
        common = self._common(noun, *self.extent(noun))
        return common or (Actor(bare, ActorKind.PERSON, span) if self._looks_personal(noun, bare) else None)

    def _looks_personal(self, noun: int, name: str) -> bool:
        """Whether an untagged name may be a person's: two or three capitalised words, one after another."""
        parts = name.split()
        if words("things") & {*parts}:
            return False
        return (
            self._tree.pos[noun] == "PROPN"
            and 2 <= len(parts) <= 3
            and all(part[0].isupper() for part in parts)
        )

    def _organisation(self, lemma: str, name: str, span: Span) -> Actor:
        states = states_in(self._tree.text[span.start : span.end])
        organ = lemma in words("organs") and states and not _NO_STATE & {*name.lower().split()}
        return Actor(
            name, ActorKind.STATE if organ else ActorKind.ORGANISATION, span, states[0] if organ else None
        )

    def _common(self, noun: int, first: int, last: int) -> Actor | None:
        """Return the actor of a common noun for people and bodies, None for other nouns."""
        tree = self._tree
        lemma = tree.lemma[noun]
        words_of = tree.slice(first, last)
        appositive = self._apposition(noun)
        if appositive:
            return self._titled(appositive, first, last)
        kind = self._common_kind(noun, words_of)
        if kind is None:
            return None
        state = next(iter(states_in(words_of)), None)
        lowered = {*words_of.lower().replace("-", " ").split()}
        if (
            state
            and lemma in words("organs")
            and not lowered & _NO_STATE
            and kind is not ActorKind.ARMED_GROUP
        ):
            kind = ActorKind.STATE
        if kind is ActorKind.ARMED_GROUP:
            state = None
        return Actor(_bare(words_of), kind, tree.span(first, last), state)

    def _common_kind(self, noun: int, phrase: str) -> ActorKind | None:
        tree = self._tree
        lemma, plural = tree.lemma[noun], tree.tag[noun] in ("NNS", "NNPS")
        known = self._is_people(noun)
        if lemma in words("armed") or (known and _is_armed(phrase) and lemma not in words("person")):
            return ActorKind.ARMED_GROUP
        if (
            known
            and {"rebel", "insurgent", "militant"} & {*phrase.lower().split()}
            and lemma not in words("person")
        ):
            return ActorKind.ARMED_GROUP
        if lemma in words("person"):
            return ActorKind.GROUP if plural else ActorKind.PERSON
        if lemma in words("organisation"):
            return ActorKind.ORGANISATION
        return ActorKind.GROUP if lemma in words("group") else None

    def _apposition(self, noun: int) -> int | None:
        """Return the name of a person that stands beside the noun for their office."""
        tree = self._tree
        if tree.lemma[noun] not in words("person"):
            return None
        for kid in tree.having(noun, {"appos", "flat"}):
            place = tree.entity[kid]
            if place >= 0 and tree.entities[place][1] == "PER" and kid - noun < 8:
                return kid
        return None

    def _name_inside(self, noun: int, last: int) -> int | None:
        """Return the person's name that a title runs into: "Deputy Secretary of State Anna Roe"."""
        tree = self._tree
        if tree.entity[noun] >= 0 or tree.lemma[noun] not in words("person"):
            return None
        for at in range(noun + 1, min(last + 2, len(tree.words))):
            place = tree.entity[at]
            if place == at and tree.entities[at][1] == "PER" and tree.sentence[at] == tree.sentence[noun]:
                return at if tree.dep[at] != "nmod:poss" and not tree.preposition(at) else None
        return None

    def _titled(self, name: int, first: int, last: int) -> Actor:
        tree = self._tree
        start, end = tree.entity[name], tree.entities[tree.entity[name]][0] - 1
        state = next(iter(states_in(tree.slice(first, max(last, first)))), None)
        return Actor(
            _bare(tree.slice(start, end)),
            ActorKind.PERSON,
            tree.span(min(first, start), max(last, end)),
            state,
        )

    def _state_around(self, first: int, last: int, start: int, end: int) -> str | None:
        """Return the state that the words around a person's name give, their own name apart."""
        tree = self._tree
        before = tree.slice(first, start - 1) if start > first else ""
        after = tree.slice(end + 1, last) if last > end else ""
        states = states_in(before) or states_in(after)
        if states:
            return states[0]
        for kid in tree.having(start if tree.kids[start] else end, {"appos"}):
            if tree.lemma[kid] in words("person"):
                return next(iter(states_in(tree.slice(*self.extent(kid)))), None)
        return None


def _is_armed(name: str) -> bool:
    parts = name.split()
    known = words("armed_names")
    return any(
        " ".join(parts[at:end]) in known
        for at in range(len(parts))
        for end in range(at + 1, min(at + 4, len(parts)) + 1)
    )


def _bare(name: str) -> str:
    """Return a name without the article before and the possessive after it."""
    parts = name.split()
    while len(parts) > 1 and parts[0].lower() in (
        "the",
        "a",
        "an",
        "this",
        "these",
        "those",
        "that",
        "no",
        "every",
        "each",
        "both",
        "some",
        "our",
        "its",
        "their",
        "his",
        "her",
        "my",
    ):
        parts = parts[1:]
    joined = " ".join(parts).strip('"“”‘’,.;:()')
    return joined.removesuffix("'s").removesuffix("’s").strip() or name
