"""Who is who across stories: names, voices, outlets and offices led to one actor each. See docs/explanation/actors.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.corpus.actors import bodies as bodies_of
from reportedly.corpus.actors import lexicon, merging, names, people, phrases
from reportedly.corpus.actors.bodies import SEPARATOR, Bodies
from reportedly.corpus.actors.clusters import Clusters, actor_id
from reportedly.corpus.actors.merging import Merged, person_id
from reportedly.corpus.actors.outlets import Outlets, read_outlets
from reportedly.corpus.actors.related import Related
from reportedly.corpus.actors.speaking import NODE, OUTLET, PERSON, Said, Speaking, Who
from reportedly.corpus.actors.views import View, views
from reportedly.model.places import Naming, naming_of, state_of
from reportedly.types import ActorKind, MentionLabel
from reportedly.types.claims import ActorEntry, Actors, Corpus

__all__ = ["resolve"]

_ORGANISED = (ActorKind.ORGANISATION, ActorKind.ARMED_GROUP)


def resolve(corpus: Corpus) -> Actors:
    """Return who is who in a corpus. The order of stories and statements is no matter."""
    stories = sorted(corpus.stories, key=lambda story: story.id)
    outlets = read_outlets(stories)
    seen = views(stories, corpus.statements, outlets)
    found = Bodies()
    for view in seen:
        found.expand(view.story.text)
    said = Said()
    speaking = Speaking(outlets, found)
    for view in seen:
        speaking.read(view, said)
    parties = _Parties(found)
    for view in seen:
        parties.read(view)
    mentions = _mentioned(seen, outlets, found)
    related = Related(stories, [view.sequences for view in seen], corpus.vectors)
    joined = bodies_of.join(found, related)
    belongs = {one: frozenset(map(joined.top, orgs)) for one, orgs in parties.found.items()}
    profiles = merging.profiles(seen, belongs)
    merged = merging.merge(profiles, related)
    return _Assembly(seen, outlets, found, joined, merged).actors(said, parties, mentions)


class _Parties:
    """For whom people speak, story by story. found: person -> bodies; speaks: those he is the chief or voice of."""

    def __init__(self, found: Bodies) -> None:
        self._bodies = found
        self.found: dict[str, Counter[str]] = defaultdict(Counter)
        self.speaks: dict[str, Counter[str]] = defaultdict(Counter)

    def read(self, view: View) -> None:
        """Add the people of a story."""
        for number, one in enumerate(view.people):
            own = person_id(view.place, number)
            for (role, whose), many in one.posts.items():
                node, speaks = self._post(view, role, whose)
                if node:
                    self.found[own][node] += many
                if node and speaks:
                    self.speaks[own][node] += many

    def _post(self, view: View, role: str, whose: str) -> tuple[str | None, bool]:
        """Return the body of a post, and whether who holds it speaks for the body."""
        phrase = phrases.read(role, whose or None)
        heads = _is_head(role)
        if phrase.kind == "body":
            return self._bodies.of_phrase(phrase, view.place, role), True
        if phrase.kind == "office":
            if not phrase.key:
                return None, False
            return self._bodies.of_phrase(phrases.Phrase("body", phrase.key, phrase.place, phrase.of), view.place, whose or role), heads
        if phrase.kind == "post" and phrase.of:
            return self._bodies.of_words(phrase.of, view.place), heads
        if phrase.kind == "post" and _is_own_post(phrase.key):
            return self._bodies.of_phrase(phrase, view.place, role), True
        return (self._bodies.of_words(whose, view.place), heads) if whose and whose[:4].lower() != "his " else (None, False)


def _is_head(role: str) -> bool:
    left = names.fold(role)
    for preposition in (" of ", " for ", " at ", " in ", " from "):
        left = left.split(preposition)[0]
    words = left.split()
    return any(" ".join(words[-many:]) in lexicon.words("heads") for many in (1, 2, 3) if len(words) >= many)


def _is_own_post(key: str) -> bool:
    """Whether a post is one's own, so that it can stand for who holds it: "auditor general", "mayor"."""
    return key.split()[-1] not in {"senator", "judge", "lawmaker", "mp", "officer", "agent", "general", "sir"} or " " in key


def _mentioned(seen: Sequence[View], outlets: Outlets, found: Bodies) -> dict[tuple[str, str], Who]:
    """Return whom each name of the rows stands for in its story."""
    mentions: dict[tuple[str, str], Who] = {}
    for view in seen:
        owners = _owners(view)
        for name, kind in _names(view):
            if (view.story.id, name) in mentions:
                continue
            who = _who(name, kind, view, owners, outlets, found)
            if who is not None:
                mentions[view.story.id, name] = who
    return mentions


def _owners(view: View) -> Mapping[str, str]:
    return {form: person_id(view.place, number) for number, one in enumerate(view.people) for form in one.forms}


def _names(view: View) -> Iterator[tuple[str, str]]:
    for statement in view.statements:
        for voice in (statement.voice, *statement.via):
            if voice.name:
                yield voice.name, str(voice.kind or "")
            if voice.affiliation and voice.affiliation[:1].isupper():
                yield voice.affiliation, "organisation"
        for name, label in statement.names:
            if label not in (MentionLabel.NUM, MentionLabel.EVENT):
                yield name, label
        for tie in statement.ties:
            for actor in (tie.subject, tie.object):
                if actor.name[:1].isupper():
                    yield actor.name, str(actor.kind)


def _who(
    name: str, kind: str, view: View, owners: Mapping[str, str], outlets: Outlets, found: Bodies
) -> Who | None:
    outlet = outlets.find(name)
    if outlet and (name not in owners or " " in name):
        return Who(OUTLET, outlet)
    if name in owners:
        return Who(PERSON, owners[name])
    naming = naming_of(name)
    if names.key(name) in bodies_of.known_bodies():
        return Who(NODE, found.named(view.place, name))
    if naming in (Naming.NAME, Naming.PEOPLE) or naming is Naming.SEAT and kind == ActorKind.STATE:
        return Who(NODE, found.add(bodies_of.Node("state", names.fold(state_of(name) or ""), "", -1), view.place, name))
    if kind in (MentionLabel.ORG, MentionLabel.NORP, "organisation", ActorKind.ARMED_GROUP) and name[:1].isupper():
        return Who(NODE, found.named(view.place, name))
    if kind in (MentionLabel.LOC, ActorKind.PLACE, ActorKind.STATE) and name[:1].isupper():
        return Who(NODE, found.add(bodies_of.Node("place", names.key(name), "", -1), view.place, name))
    return None


@dataclass(slots=True)
class _Assembly:
    """Puts ids to what was found."""

    seen: Sequence[View]
    outlets: Outlets
    found: Bodies
    joined: Clusters
    merged: Merged
    entries: dict[str, ActorEntry] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def actors(self, said: Said, parties: _Parties, mentions: Mapping[tuple[str, str], Who]) -> Actors:
        """Return everything under its ids."""
        self._people()
        self._bodies()
        self.entries |= self.outlets.entries
        speakers = {one: found for one, who in said.who.items() if not who.office and (found := self._id(who))}
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
        people_of = {person_id(view.place, number): one for view in self.seen for number, one in enumerate(view.people)}
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
            known = next((bodies_of.known_names()[node.key] for node in nodes if node.key in bodies_of.known_names()), None)
            named = [node for node in nodes if node.story < 0]
            best = min(named or nodes, key=lambda node: (-len(node.key), node.id))
            first = "" if named else min(self.seen[node.story].story.id for node in nodes)
            found = actor_id(best.kind, best.key, best.place, first)
            name = known[0] if known else _shown(best, self.found.shown[best.id])
            kind = known[1] if known else _KINDS.get(best.kind, str(ActorKind.ORGANISATION))
            self._enter(found, name, kind, shown)
            self.ids.update((f"{NODE}{SEPARATOR}{one}", found) for one in ids)

    def _enter(self, found: str, name: str, kind: str, forms: Counter[str]) -> None:
        ranked = sorted(forms, key=lambda form: (-forms[form], form))
        self.entries[found] = ActorEntry(found, name, kind, tuple(dict.fromkeys((name, *ranked))))

    def _parties(self, parties: _Parties) -> dict[str, str]:
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for one, orgs in parties.speaks.items():
            person = self.ids.get(f"{PERSON}{SEPARATOR}{one}")
            for node, many in orgs.items():
                org = self.ids.get(f"{NODE}{SEPARATOR}{node}")
                if person and org:
                    counted[person][org] += many
        for node_id, node in self.found.nodes.items():
            document, author = self.ids[f"{NODE}{SEPARATOR}{node_id}"], self.ids.get(f"{NODE}{SEPARATOR}{node.author}")
            if node.kind == "document" and author and author != document:
                counted[document][author] += 1
        return {one: min(orgs, key=lambda org: (-orgs[org], org)) for one, orgs in sorted(counted.items())}

    def _states(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for node_id, node in sorted(self.found.nodes.items()):
            state = self.ids.get(f"{NODE}{SEPARATOR}{bodies_of.Node('state', node.place, '', -1).id}") if node.place else None
            if state:
                found[self.ids[f"{NODE}{SEPARATOR}{node_id}"]] = state
        return found


_KINDS = {
    "state": str(ActorKind.STATE),
    "place": str(ActorKind.PLACE),
    "document": "document",
    "post": "office",
    "body": str(ActorKind.ORGANISATION),
}


def _shown(node: bodies_of.Node, shown: Counter[str]) -> str:
    if node.kind == "state":
        return state_of(node.key.title()) or state_of(node.key.upper()) or node.key.title()
    return min(shown, key=lambda form: (-shown[form], form))
