"""Outlets across stories: one entry a house, found again under a short form, with "newspaper", by domain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from urllib.parse import urlsplit

from reportedly.corpus.actors import lexicon, names
from reportedly.corpus.actors.clusters import Clusters, actor_id
from reportedly.types.claims import ActorEntry, StoryRow

_HOST = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})/?$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_CAPITAL = re.compile(
    r"[A-ZÀ-ÞŁŠŽ0-9]\S*(?:\s+(?:of|the|and|&|de|la|le|du|der|al|el|y|für)\s+[A-ZÀ-ÞŁŠŽ0-9]\S*|\s+[A-ZÀ-ÞŁŠŽ0-9]\S*)*"
)
_WEAK = (("news", "agency"), ("press", "agency"), ("news",), ("agency",))
FEW_HOUSES = 20
"""So few houses in a corpus that "the Ledger" can be the one of them that ends so."""
HOUSES_OF_A_HOST = 3
"""A domain under which more houses than these publish tells nothing about the house."""


def registrable(url: str | None) -> str | None:
    """Return the registrable domain of an address, lower case; None for a platform or for no host."""
    if not url:
        return None
    host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").removeprefix("www.")
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return None
    many = (
        3 if len(labels) > 2 and labels[-2] in lexicon.words("second_level") and len(labels[-1]) == 2 else 2
    )
    domain = ".".join(labels[-many:])
    return None if domain in lexicon.words("platforms") or labels[-1] == "example" else domain


@lru_cache(maxsize=1 << 16)
def house(name: str) -> str:
    """Return what the names of one house share: "the Harbour Ledger newspaper", "harbourledger.com"."""
    host = _HOST.fullmatch(name.strip())
    if host and (domain := registrable(host[1])):
        return known_houses().get(domain, squeezed(domain.split(".")[0]))
    parts = list(names.tokens(_proper(name)))
    alias = known_houses().get(" ".join(parts))
    while alias is None and len(parts) > 1 and _droppable(parts[-1]):
        parts.pop()
        alias = known_houses().get(" ".join(parts))
    while alias is None and len(parts) > 1 and parts[0] in ("the", "www"):
        parts.pop(0)
        alias = known_houses().get(" ".join(parts))
    return alias if alias is not None else " ".join(parts)


def _droppable(part: str) -> bool:
    return part in lexicon.words("outlet_words") or _YEAR.match(part) is not None


def _proper(name: str) -> str:
    """Cut the words that only tell what an outlet is: "the sports paper Piste"."""
    bare = names.clean(name)
    found = _CAPITAL.search(bare) if bare[:1].islower() else None
    before = bare[: found.start()].split() if found else []
    return found[0] if found and set(before) & lexicon.words("outlet_kinds") else bare


def squeezed(text: str) -> str:
    """Return a house's name as it stands in a domain: no blanks, no article."""
    return text.replace(" ", "").replace("-", "").replace("&", "and").removeprefix("the")


@cache
def known_houses() -> Mapping[str, str]:
    """Return each folded name and domain of the houses of the lexicon -> the house's own folded name."""
    table: dict[str, str] = {}
    for usual, others in lexicon.tree()["houses"].items():
        own = " ".join(names.tokens(usual))
        for other in (usual, *others):
            spelt = other if _HOST.fullmatch(other) and other.islower() else " ".join(names.tokens(other))
            table[spelt] = own
    return table


@cache
def usual() -> Mapping[str, str]:
    """Return the folded name of each house of the lexicon -> as it is written."""
    return {" ".join(names.tokens(usual)): usual for usual in lexicon.tree()["houses"]}


@dataclass(slots=True)
class Outlets:
    """The houses of a corpus. entries: by id. of_story: story id -> house. known: house key -> id.

    words: last and first words of each house's key -> the ids of those that end or begin so.
    """

    entries: dict[str, ActorEntry] = field(default_factory=dict)
    of_story: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    short: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    keys: dict[str, str] = field(default_factory=dict)
    found: dict[str, str | None] = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """Return the house of a name that is one of its full names, spellings or its domain."""
        if name not in self.found:
            wanted = house(name)
            forms = (wanted, squeezed(wanted), *_weaker(wanted))
            self.found[name] = next((self.known[form] for form in forms if form in self.known), None)
        return self.found[name]

    def is_own(self, name: str, story_id: str) -> bool:
        """Return whether a name in a story is its own outlet's, whole or in short ("the Inquirer")."""
        own = self.of_story.get(story_id)
        if own is None:
            return False
        parts, whole = house(name).split(), self.keys[own].split()
        begins = whole[: len(parts)] == parts and len(whole) - len(parts) <= 1
        return self.find(name) == own or (bool(parts) and (whole[-len(parts) :] == parts or begins))

    def shortened(self, name: str, named: Iterable[str]) -> str | None:
        """Return the house that a short form stands for ("the Ledger"): the one of ``named`` that it can be.

        named: houses that the story names in full. In a corpus of few houses one of those will do too.
        """
        parts = house(name).split()
        fits = {one for one in named if _ends(self.keys[one].split(), parts)}
        if not fits and len(set(self.of_story.values())) <= FEW_HOUSES:
            fits = set(self.short.get(" ".join(parts), ()))
        return fits.pop() if len(fits) == 1 else None

    def outside(self, name: str) -> str:
        """Return the entry of an outlet that published none of the stories, made if there is none."""
        found = self.find(name)
        if found is None:
            found = self._add([house(name)], [names.clean(name)])
        return found

    def _add(self, keys: Sequence[str], shown: Sequence[str]) -> str:
        own = min(keys, key=lambda one: (one not in usual(), one))
        found = actor_id("outlet", own)
        name = usual().get(own, shown[0])
        self.entries[found] = ActorEntry(found, name, "outlet", tuple(dict.fromkeys((name, *shown))))
        self.keys[found] = min(
            (key for key in keys if "." not in key), key=lambda one: (-len(one), one), default=own
        )
        for key in keys:
            for form in (key, squeezed(key)):
                self.known.setdefault(form, found)
        self.found.clear()
        return found


def _ends(whole: list[str], parts: list[str]) -> bool:
    return 0 < len(parts) < len(whole) and (whole[-len(parts) :] == parts or whole[: len(parts)] == parts)


def _weaker(key: str) -> Iterable[str]:
    """Yield a house's key without "news agency", "news" at its end, and with "news" if it has none."""
    parts = tuple(key.split())
    for weak in _WEAK:
        if len(parts) > len(weak) and parts[-len(weak) :] == weak:
            yield " ".join(parts[: -len(weak)])
            break
    else:
        yield f"{key} news"
        yield f"{key} news agency"


def read_outlets(stories: Sequence[StoryRow]) -> Outlets:
    """Return the houses that published the stories: merged by name, by well-known aliases and by domain."""
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    on: dict[str, set[str]] = defaultdict(set)
    named: list[tuple[StoryRow, str]] = []
    for story in stories:
        name = story.outlet or _signed(story)
        domain = registrable(story.url)
        key = house(name) if name else house(domain) if domain else ""
        if not key:
            continue
        shown[key][names.clean(name or domain or "") or key] += 1
        named.append((story, key))
        if domain and name:
            on[domain].add(key)
    return _merged(named, shown, on)


def _merged(
    named: Sequence[tuple[StoryRow, str]], shown: Mapping[str, Counter[str]], on: Mapping[str, set[str]]
) -> Outlets:
    clusters = Clusters(sorted(shown))
    for group in (*_by_form(shown), *(keys for keys in on.values() if len(keys) <= HOUSES_OF_A_HOST)):
        clusters.join_all(sorted(group))
    outlets = Outlets()
    ids: dict[str, str] = {}
    for group in clusters.groups():
        counted = sum((shown[key] for key in group), Counter[str]())
        ranked = sorted(counted, key=lambda one: (-counted[one], one))
        domains = [one.split(".")[0] for one, keys in on.items() if keys <= set(group)]
        found = outlets._add([*group, *map(squeezed, sorted(domains))], ranked)
        ids.update(dict.fromkeys(group, found))
    for story, key in named:
        outlets.of_story[story.id] = ids[key]
    _shorten(outlets, ids)
    _name_houses(outlets)
    return outlets


def _by_form(shown: Mapping[str, Counter[str]]) -> Iterable[list[str]]:
    """Yield the keys that are one house by their letters: blanks, "news agency", an edition's word apart."""
    forms: dict[str, list[str]] = defaultdict(list)
    for key in sorted(shown):
        forms[squeezed(key)].append(key)
        for weak in _weaker(key):
            if weak in shown:
                yield [key, weak]
        parts = key.split()
        if len(parts) > 1 and parts[-1] in lexicon.words("editions") and " ".join(parts[:-1]) in shown:
            yield [key, " ".join(parts[:-1])]
    yield from forms.values()


def _shorten(outlets: Outlets, ids: Mapping[str, str]) -> None:
    for key, found in ids.items():
        parts = key.split()
        for at in range(1, len(parts)):
            outlets.short[" ".join(parts[at:])].add(found)
            outlets.short[" ".join(parts[:at])].add(found)


def _name_houses(outlets: Outlets) -> None:
    """Make the other names of well-known houses lead to those that are in the corpus."""
    for form, own in known_houses().items():
        if own in outlets.known:
            outlets.known.setdefault(form, outlets.known[own])


def _signed(story: StoryRow) -> str | None:
    """Return the byline of a story without an outlet where it is an outlet's name (a message's sender)."""
    words = names.clean(story.byline or "").split()
    outlet_words = lexicon.speech("outlet_words")
    return story.byline if words and (words[-1] in outlet_words or words[0] in outlet_words) else None
