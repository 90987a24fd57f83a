"""Organisations, offices, posts and documents: one node for each way that a story speaks of one, then joined.

A proper name is one node in all stories; so is an office with its state. "The energy ministry" without one
is a node of its story, joined with others where the stories are about the same matter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from reportedly.corpus.actors import lexicon, names, phrases
from reportedly.corpus.actors.clusters import Clusters
from reportedly.corpus.actors.related import Related
from reportedly.model.places import Naming

_EXPANDED = re.compile(r"\((?:the\s)?[\"“‘']?(?P<short>[A-Z][A-Za-z.&-]{1,8})[\"”’']?\)")
_FULL = 90
_SHORT = 2
"""Characters before the brackets in which the full name stands."""
_ARABIC = frozenset({"al", "el", "ul"})
_UNPLACED = ("", "united states", "us")
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Node:
    """One way that one story, or all, speak of a body. story: -1 for all.

    kind: as `Phrase`, or "state", "place".
    """

    kind: str
    key: str
    place: str
    story: int
    author: str = ""

    @property
    def id(self) -> str:
        """Return the node as a string, by which it is sorted and joined: one however a name was read."""
        whole = f"{self.place} {self.key}".strip()
        return SEPARATOR.join((self.kind, whole, f"{self.story:09d}" if self.story >= 0 else "", self.author))


@dataclass(slots=True)
class Bodies:
    """All bodies of the corpus. nodes: by id. shown: how each was written. stories: that speak of it.

    rows: (node, story) -> of what it says there, in the matrix. expansions: acronym -> full keys.
    """

    nodes: dict[str, Node] = field(default_factory=dict)
    shown: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    rows: dict[tuple[str, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    stories: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    expansions: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, node: Node, story: int, shown: str) -> str:
        """Keep a node, and how a story writes it. Returns its id."""
        self.nodes.setdefault(node.id, node)
        self.shown[node.id][names.clean(shown) or node.key] += 1
        self.stories[node.id].add(story)
        return node.id

    def expand(self, text: str) -> None:
        """Note the acronyms that a text explains: "Northern Fishing Union (NFU)"."""
        for found in _EXPANDED.finditer(text):
            full = expanded(text[max(0, found.start() - _FULL) : found.start()], found["short"])
            if full:
                self.expansions[names.key(found["short"])][names.key(full)] += 1

    def named(self, story: int, name: str) -> str:
        """Return the node of a body's proper name, or of an office written like one."""
        known = known_bodies().get(names.key(name))
        if known:
            return self.add(Node("body", known, "", -1), story, name)
        phrase = phrases.read(names.clean(name))
        if phrase.kind in {"body", "post"} and not is_proper(name):
            return self.of_phrase(phrase, story, name) or self._general(phrase, story, name)
        return self.add(Node("body", names.key(name), "", -1), story, name)

    def of_phrase(self, phrase: phrases.Phrase, story: int, shown: str) -> str | None:
        """Return the node of a phrase that was read; None for one that stands for nothing."""
        if phrase.kind == "document":
            author = self.of_words(phrase.of, story) if phrase.of else ""
            if not author and (
                (phrase.many and " " not in phrase.key) or phrase.key in lexicon.words("vague")
            ):
                return None
            key = phrase.key if author or not phrase.of else f"{phrase.key} {names.key(phrase.of)}"
            family = (
                "report"
                if author and key.split()[-1:] and key.split()[-1] in lexicon.words("reports")
                else key
            )
            return self.add(Node("document", family, "", story, author or ""), story, shown)
        if not phrase.key:
            return None
        known = known_bodies().get(phrase.key)
        if known and phrase.place in _UNPLACED:
            return self.add(Node("body", known, "", -1), story, shown)
        return self._general(phrase, story, shown)

    def of_words(self, words: str, story: int) -> str | None:
        """Return the node that the words for a body stand for, proper name or not."""
        bare = names.clean(words)
        if not bare or (
            names.naming(bare) in (Naming.NAME, Naming.PEOPLE, Naming.SEAT)
            and names.key(bare) not in known_bodies()
        ):
            return None
        if is_proper(bare) or names.key(bare) in known_bodies():
            return self.named(story, bare)
        phrase = phrases.read(bare)
        if phrase.kind == "office":
            phrase = phrases.Phrase("body", phrase.key, phrase.place, phrase.of)
        if phrase.kind not in {"body", "post"}:
            if bare[:1].isupper():
                return self.named(story, bare)
            return None
        return self.of_phrase(phrase, story, bare)

    def _general(self, phrase: phrases.Phrase, story: int, shown: str) -> str:
        kind = "post" if phrase.kind == "post" else "body"
        owner = (
            f"{phrase.key} of {names.key(phrase.of)}" if phrase.of and is_proper(phrase.of) else phrase.key
        )
        everywhere = phrase.place or owner != phrase.key
        return self.add(Node(kind, owner, phrase.place, -1 if everywhere else story), story, shown)


def expanded(full: str, short: str) -> str | None:
    """Return the last words of a phrase whose first letters an acronym is, None if there are none."""
    wanted = names.fold(short).replace(".", "").replace("&", "").replace("-", "")
    words = re.split(r"[.;:,\n]\s", full)[-1].split()
    for at in range(len(words) - 1, -1, -1):
        tail = " ".join(words[at:])
        if words[at][:1].isupper() and names.initials(tail) == wanted:
            return tail
    return None


@cache
def _respelt(key: str) -> str:
    return " ".join(phrases.SPELLINGS.get(word, word) for word in key.split())


def is_proper(words: str) -> bool:
    """Return whether words hold a name of their own ("Kantina Bank"), rather than what a body is for."""
    parts = names.clean(words).split()
    capitals = [part for part in parts if part[:1].isupper()]
    if not capitals:
        return False
    heads = {lexicon.singular(names.fold(part)) for part in parts}
    if heads & lexicon.words("functions") or phrases.read(names.clean(words)).kind == "post":
        return False
    common = lexicon.speech("organisations")
    return any(lexicon.singular(names.fold(part)) not in common for part in capitals)


@cache
def known_bodies() -> Mapping[str, str]:
    """Return each key of the bodies of the lexicon -> the body's own."""
    table: dict[str, str] = {}
    for usual, entry in lexicon.tree()["bodies"].items():
        for name in (usual, *entry["names"]):
            table[names.key(name)] = names.key(usual)
            for spelt in (" ".join(names.tokens(name)), _respelt(names.key(name))):
                table.setdefault(spelt, names.key(usual))
    return table


@cache
def known_names() -> Mapping[str, tuple[str, str]]:
    """Return the key of each body of the lexicon -> its usual name and kind."""
    return {names.key(usual): (usual, entry["kind"]) for usual, entry in lexicon.tree()["bodies"].items()}


def join(bodies: Bodies, related: Related) -> Clusters:
    """Return the nodes, joined where they are one."""
    clusters = Clusters(sorted(bodies.nodes))
    _join_acronyms(bodies, clusters, related)
    _join_spellings(bodies, clusters, related)
    for _, ids in _families(bodies):
        _join_family(ids, bodies, clusters, related)
    _join_documents(bodies, clusters, related)
    return clusters


def _join_acronyms(bodies: Bodies, clusters: Clusters, related: Related) -> None:
    full_by_letters: dict[str, list[str]] = defaultdict(list)
    for node_id, node in bodies.nodes.items():
        if node.kind == "body" and len(node.key.split()) > 2 and node.story < 0:
            full_by_letters[names.initials(node.key)].append(node_id)
    for node_id, node in sorted(bodies.nodes.items()):
        if node.kind != "body" or " " in node.key or not any(map(names.is_acronym, bodies.shown[node_id])):
            continue
        told = bodies.expansions.get(node.key)
        if told:
            best, many = min(told.items(), key=lambda one: (-one[1], one[0]))
            target = Node("body", known_bodies().get(best, best), "", -1).id
            if target in bodies.nodes and many * 2 > told.total():
                clusters.join(node_id, target)
            continue
        fulls = full_by_letters.get(node.key, []) if len(node.key) > _SHORT else []
        if len(fulls) == 1 and _any_near(bodies.stories[node_id], bodies.stories[fulls[0]], related):
            clusters.join(node_id, fulls[0])


def _any_near(some: Iterable[int], others: Iterable[int], related: Related) -> bool:
    a, b = sorted(some)[:20], sorted(others)[:20]
    return bool(set(a) & set(b)) or any(related.near(one, other) for one in a for other in b)


def _join_spellings(bodies: Bodies, clusters: Clusters, related: Related) -> None:
    """Join proper names that sound alike word for word, in stories about one matter."""
    alike: dict[str, list[str]] = defaultdict(list)
    for node_id, node in sorted(bodies.nodes.items()):
        if node.kind == "body" and node.story < 0 and not node.place and len(node.key) >= 5:
            heard = [names.skeleton(word) for word in node.key.split() if word not in _ARABIC]
            alike[" ".join(heard)].append(node_id)
    for ids in alike.values():
        for at, one in enumerate(ids[:20]):
            for other in ids[at + 1 : 20]:
                a, b = bodies.nodes[one].key.split(), bodies.nodes[other].key.split()
                if (
                    len(a) == len(b)
                    and all(map(names.alike, a, b))
                    and _any_near(bodies.stories[one], bodies.stories[other], related)
                ):
                    clusters.join(one, other)


def _families(bodies: Bodies) -> list[tuple[str, list[str]]]:
    """Return bodies and posts by their heads: what a "bank" of one story can be in another."""
    found: dict[str, list[str]] = defaultdict(list)
    for node_id, node in sorted(bodies.nodes.items()):
        if node.kind in {"body", "post"} and node.key:
            found[lexicon.singular(node.key.split()[-1])].append(node_id)
    return [(head, ids) for head, ids in sorted(found.items()) if len(ids) > 1]


def _join_family(ids: Sequence[str], bodies: Bodies, clusters: Clusters, related: Related) -> None:
    nodes = bodies.nodes
    if all(nodes[one].story < 0 for one in ids):
        return
    spots: dict[str, tuple[int, Sequence[int]]] = {}
    owner: dict[str, str] = {}
    for one in ids:
        for story in sorted(bodies.stories[one]):
            spot = f"{one}{SEPARATOR}{story}"
            spots[spot], owner[spot] = (story, bodies.rows.get((one, story), ())), one
    chances: dict[str, set[str]] = defaultdict(set)
    for a, b in related.pairs(spots):
        one, other = owner[a], owner[b]
        if one == other:
            continue
        if _same(nodes[one], nodes[other]) and nodes[one].story >= 0 and nodes[other].story >= 0:
            clusters.join(one, other)
        for low, high in ((one, other), (other, one)):
            if _may_be(nodes[low], nodes[high]) and _placed(nodes[low], nodes[high], related):
                chances[low].add(high)
    _take_chances(chances, clusters)


def _same(one: Node, other: Node) -> bool:
    return one.kind == other.kind and one.key == other.key


def _may_be(low: Node, high: Node) -> bool:
    """Whether a local, general node can be the fuller one: "the bank", "Kantina Bank"; a ministry, Iran's."""
    if low.story < 0 or low.kind != high.kind:
        return False
    if low.key == high.key:
        return high.story < 0
    return " " not in low.key and high.key.endswith(f" {low.key}")


def _placed(low: Node, high: Node, related: Related) -> bool:
    """Whether the story of the general one names the place of the other, if that has one."""
    return high.kind == "body" or not high.place or related.names(low.story, high.place)


def _take_chances(chances: Mapping[str, set[str]], clusters: Clusters) -> None:
    """Join a local node with the one fuller node that it can be, all local ones it is joined with counted."""
    by_top: dict[str, set[str]] = defaultdict(set)
    for low, highs in chances.items():
        by_top[clusters.top(low)] |= {clusters.top(high) for high in highs}
    for top, highs in sorted(by_top.items()):
        others = {clusters.top(high) for high in highs} - {clusters.top(top)}
        if len(others) == 1:
            clusters.join(top, others.pop())


def _join_documents(bodies: Bodies, clusters: Clusters, related: Related) -> None:
    """Join documents of one kind and author, or of no author, in stories about one matter."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node_id, node in sorted(bodies.nodes.items()):
        if node.kind == "document":
            found[node.key, clusters.top(node.author) if node.author else ""].append(node_id)
    for ids in found.values():
        spots = {
            one: (bodies.nodes[one].story, bodies.rows.get((one, bodies.nodes[one].story), ())) for one in ids
        }
        for one, other in related.pairs(spots):
            clusters.join(one, other)
