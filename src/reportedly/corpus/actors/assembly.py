"""Entries and ids for what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.corpus.actors import bodies as bodies_of
from reportedly.corpus.actors import names
from reportedly.corpus.actors.bodies import SEPARATOR, Bodies
from reportedly.corpus.actors.clusters import Clusters, actor_id
from reportedly.corpus.actors.merging import Merged, person_id
from reportedly.corpus.actors.outlets import Outlets
from reportedly.corpus.actors.parties import Parties
from reportedly.corpus.actors.speaking import NODE, OUTLET, PERSON, Said, Who
from reportedly.corpus.actors.views import View
from reportedly.types import ActorKind
from reportedly.types.claims import ActorEntry, Actors

FEW = 3
"""Stories up to which one alone may tell for whom somebody speaks; with more, as many must."""
SHARE = 0.15
"""Share of somebody's stories that must tell it then."""


@dataclass(slots=True)
class Assembly:
    """Puts ids to what was found."""

    seen: Sequence[View]
    outlets: Outlets
    found: Bodies
    joined: Clusters
    merged: Merged
    entries: dict[str, ActorEntry] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def actors(self, said: Said, parties: Parties, mentions: Mapping[tuple[str, str], Who]) -> Actors:
        """Return everything under its ids."""
        self._people()
        self._bodies()
        self.entries |= self.outlets.entries
        speakers = {
            one: found for one, who in said.who.items() if not who.office and (found := self._id(who))
        }
        offices = {one: found for one, who in said.who.items() if who.office and (found := self._id(who))}
        return Actors(
            entries=dict(sorted(self.entries.items())),
            mentions={place: found for place, who in mentions.items() if (found := self._id(who))},
            outlets=dict(self.outlets.of_story),
            speakers=speakers,
            parties=self._parties(parties),
            cited={one: tuple(found) for one, found in said.cited.items()},
            offices=offices,
            states=self._states(),
        )

    def _id(self, who: Who) -> str | None:
        return who.id if who.kind == OUTLET else self.ids.get(f"{who.kind}{SEPARATOR}{who.id}")

    def _people(self) -> None:
        people_of = {
            person_id(view.place, number): one for view in self.seen for number, one in enumerate(view.people)
        }
        taken: Counter[str] = Counter()
        groups = sorted(self.merged.clusters.groups(), key=lambda ids: (-len(ids), self._first_story(ids)))
        for ids in groups:
            if self.merged.undecided.intersection(ids):
                continue
            full = Counter[str]()
            forms = Counter[str]()
            for one in ids:
                full[" ".join(people_of[one].words)] += 1
                forms.update(people_of[one].forms)
            shown = max(full, key=lambda name: (" " in name, full[name], name))
            key = names.person_key(tuple(shown.split()))
            alone = " " not in key or taken[key]
            found = actor_id(PERSON, key, self._first_story(ids) if alone else "")
            taken[key] += 1
            self._enter(found, shown, str(ActorKind.PERSON), full + forms)
            self.ids.update((f"{PERSON}{SEPARATOR}{one}", found) for one in ids)

    def _first_story(self, ids: Iterable[str]) -> str:
        return min(self.seen[int(one.split(SEPARATOR)[0])].story.id for one in ids)

    def _bodies(self) -> None:
        for ids in self.joined.groups():
            nodes = [self.found.nodes[one] for one in ids]
            shown = sum((self.found.shown[one] for one in ids), Counter[str]())
            known = next(
                (bodies_of.known_names()[node.key] for node in nodes if node.key in bodies_of.known_names()),
                None,
            )
            named = [node for node in nodes if node.story < 0]
            best = min(named or nodes, key=lambda node: (-len(node.key), node.id))
            name = known[0] if known else _shown(best, self.found.shown[best.id])
            outlet = self.outlets.find(name) if named and best.kind == "body" and not known else None
            if outlet is None:
                first = "" if named else min(self.seen[node.story].story.id for node in nodes)
                outlet = actor_id(best.kind, best.key, best.place, best.author, first)
                kind = known[1] if known else _KINDS.get(best.kind, str(ActorKind.ORGANISATION))
                self._enter(outlet, name, kind, shown)
            self.ids.update((f"{NODE}{SEPARATOR}{one}", outlet) for one in ids)

    def _enter(self, found: str, name: str, kind: str, forms: Counter[str]) -> None:
        ranked = sorted(forms, key=lambda form: (-forms[form], form))
        self.entries[found] = ActorEntry(found, name, kind, tuple(dict.fromkeys((name, *ranked))))

    def _parties(self, parties: Parties) -> dict[str, str]:
        found = self._by_actor(parties.speaks)
        held = self._by_actor(parties.posts)
        holders = Counter(held.values())
        for person, post in sorted(held.items()):
            if holders[post] > 1:
                continue
            if person in found and found[person] != post:
                found[post] = found[person]
            else:
                found[person] = post
        for node_id, node in sorted(self.found.nodes.items()):
            document, author = (
                self.ids[f"{NODE}{SEPARATOR}{node_id}"],
                self.ids.get(f"{NODE}{SEPARATOR}{node.author}"),
            )
            if node.kind == "document" and author and author != document:
                found.setdefault(document, author)
        return found

    def _by_actor(self, told: Mapping[str, Counter[str]]) -> dict[str, str]:
        """Return person -> the body that most of his stories give him, if enough of them do."""
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        stories: Counter[str] = Counter()
        for key, person in self.ids.items():
            stories[person] += key.startswith(PERSON)
        for one, orgs in told.items():
            whose = self.ids.get(f"{PERSON}{SEPARATOR}{one}")
            for org in {self.ids.get(f"{NODE}{SEPARATOR}{node}") for node in orgs}:
                if whose and org:
                    counted[whose][org] += 1
        found = {}
        for person, orgs in sorted(counted.items()):
            best, many = min(orgs.items(), key=lambda one: (-one[1], one[0]))
            if (many >= FEW and many >= SHARE * stories[person]) or stories[person] <= FEW:
                found[person] = best
        return found

    def _states(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for node_id, node in sorted(self.found.nodes.items()):
            state = (
                self.ids.get(f"{NODE}{SEPARATOR}{bodies_of.Node('state', node.place, '', -1).id}")
                if node.place
                else None
            )
            if state:
                found[self.ids[f"{NODE}{SEPARATOR}{node_id}"]] = state
        return found


_LETTERS = 3
_KINDS = {
    "state": str(ActorKind.STATE),
    "place": str(ActorKind.PLACE),
    "document": "document",
    "post": "office",
    "body": str(ActorKind.ORGANISATION),
}


def _shown(node: bodies_of.Node, shown: Counter[str]) -> str:
    if node.kind == "state":
        return names.state(node.key.title()) or names.state(node.key.upper()) or node.key.title()
    exact = Counter({form: many for form, many in shown.items() if names.key(form) == node.key})
    return min(exact, key=lambda form: (-exact[form], form)) if exact else _placed(node)


def _placed(node: bodies_of.Node) -> str:
    place = node.place.upper() if len(node.place) <= _LETTERS else node.place.title()
    return f"{place} {node.key}".strip()
