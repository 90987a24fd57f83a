"""People across stories: a full name is one actor unless the texts show two; a short one needs a reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reportedly.corpus.actors import lexicon, names, people
from reportedly.corpus.actors.bodies import SEPARATOR
from reportedly.corpus.actors.clusters import Clusters
from reportedly.corpus.actors.people import Person
from reportedly.corpus.actors.related import Related
from reportedly.corpus.actors.speaking import PERSON, Said
from reportedly.corpus.actors.views import View

FAMOUS = 5
"""Stories from which a name's bearer is so well known that shared company outweighs another post."""
MOST = 0.8
"""Share of a surname's stories that one full name must have for the surname alone to mean it anywhere."""
MANY = 60
"""Stories of a single name that are compared with each other."""
LIFE = 3
"""Years that an age may be off what it should be after the time between two stories."""


@dataclass(slots=True)
class Profile:
    """What one story says of one person. roles: heads; families: theirs; bodies: tops of what he belongs to.

    company: others that the story names beside. year: of the story. titles: whole posts of two words or more,
    folded. rows: of what he says, in the matrix of vectors.
    """

    id: str
    place: int
    one: Person
    roles: frozenset[str]
    families: frozenset[str]
    bodies: frozenset[str]
    company: frozenset[str]
    year: int | None
    titles: frozenset[str]
    rows: tuple[int, ...]


@dataclass(slots=True)
class Merged:
    """clusters: of people, by id (story and number). undecided: ids that may be either of two."""

    clusters: Clusters
    undecided: set[str] = field(default_factory=set)


def person_id(place: int, number: int) -> str:
    """Return the id of the number-th person of a story."""
    return f"{place}{SEPARATOR}{number}"


def profiles(views: Sequence[View], belongs: Mapping[str, frozenset[str]], said: Said) -> list[Profile]:
    """Return a profile of every person of every story. belongs: person -> the bodies he is said to be of."""
    rows: dict[str, list[int]] = defaultdict(list)
    for view in views:
        for statement in view.statements:
            who = said.who.get(statement.id)
            if who is not None and who.kind == PERSON and statement.row >= 0:
                rows[who.id].append(statement.row)
    found = []
    for view in views:
        everybody = {names.person_key(one.words) for one in view.people if one.is_full}
        for number, one in enumerate(view.people):
            roles = frozenset(_heads(one))
            families = frozenset(family for role in roles if (family := lexicon.families().get(role)))
            year = int(view.story.published[:4]) if view.story.published else None
            own = person_id(view.place, number)
            company = frozenset(everybody - {names.person_key(one.words)})
            titles = frozenset(title for role, _ in one.posts if " " in (title := _title(role)))
            mine = tuple(rows.get(own, ()))
            found.append(
                Profile(
                    own,
                    view.place,
                    one,
                    roles,
                    families,
                    belongs.get(own, frozenset()),
                    company,
                    year,
                    titles,
                    mine,
                )
            )
    return found


def _title(role: str) -> str:
    words = names.fold(role).split()
    while words and (words[0] in lexicon.speech("determiners") or words[0] in lexicon.words("plain")):
        words = words[1:]
    return " ".join(words)


def _heads(one: Person) -> Iterator[str]:
    """Yield the nouns that tell what somebody is: the last word of each role before "of" and the like."""
    for role, _ in one.posts:
        left = names.fold(role)
        for preposition in (" of ", " for ", " at ", " in ", " from ", " with "):
            left = left.split(preposition)[0]
        words = left.replace(",", " ").split()
        if words:
            two = " ".join(words[-2:])
            yield two if two in lexicon.words("posts") else lexicon.singular(words[-1])


def merge(found: Sequence[Profile], related: Related) -> Merged:
    """Return which people of which stories are one."""
    merged = Merged(Clusters(sorted(one.id for one in found)))
    by_name: dict[str, list[Profile]] = defaultdict(list)
    for one in found:
        if one.one.is_full and not names.is_initialled(one.one.words):
            by_name[names.person_key(one.one.words)].append(one)
    for _, group in sorted(by_name.items()):
        _merge_name(group, merged)
    _merge_juniors(by_name, merged)
    _merge_variants(by_name, merged, related)
    _merge_shorts(found, by_name, merged, related)
    _merge_single(found, merged, related)
    return merged


def _merge_name(group: Sequence[Profile], merged: Merged) -> None:
    """Merge the bearers of one full name: all, unless some contradict each other."""
    if not any(_conflict(one, other, len(group)) for one, other in _some_pairs(group)):
        merged.clusters.join_all(sorted(one.id for one in group))
        return
    parts = Clusters(sorted(one.id for one in group))
    profile = {one.id: one for one in group}
    _join_evident(group, parts)
    _join_rest(parts, profile, merged)
    for ids in parts.groups():
        merged.clusters.join_all(ids)


def _some_pairs(group: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield each two different descriptions of the group, once: thousands of bearers have a few."""
    seen: dict[object, Profile] = {}
    for one in sorted(group, key=lambda one: one.id):
        seen.setdefault((one.families, one.roles, one.bodies, tuple(sorted(one.one.ages)), _middle(one)), one)
    kinds = list(seen.values())[:200]
    for at, one in enumerate(kinds):
        for other in kinds[at + 1 :]:
            yield one, other


def _middle(one: Profile) -> str:
    return " ".join(word.strip(".") for word in map(names.fold, one.one.words[1:-1]))


def _conflict(one: Profile, other: Profile, many: int) -> bool:
    """Whether two descriptions of one name cannot well be one person's."""
    middle, second = _middle(one), _middle(other)
    if middle and second and middle[0] != second[0]:
        return True
    if one.one.ages and other.one.ages and one.year and other.year:
        apart = min(abs((a - b) - (one.year - other.year)) for a in one.one.ages for b in other.one.ages)
        if apart > LIFE:
            return True
    if one.roles & other.roles:
        distinct = bool(one.bodies and other.bodies) and not _words(one.bodies) & _words(other.bodies)
        return distinct and many < FAMOUS and not one.company & other.company
    if not one.families or not other.families or one.families & other.families or one.bodies & other.bodies:
        return False
    if many < FAMOUS:
        return True
    public = lexicon.words("public")
    return not one.company & other.company and not (one.families & public and other.families & public)


def _words(bodies: Iterable[str]) -> set[str]:
    """Return the words of the keys of nodes."""
    return {word for body in bodies for word in body.split(SEPARATOR)[1].split()}


def _join_evident(group: Sequence[Profile], parts: Clusters) -> None:
    """Join those that share a post, a body, or two of the others around them."""
    holders: dict[str, list[Profile]] = defaultdict(list)
    for one in sorted(group, key=lambda one: one.id):
        for sign in (
            *(f"role {role}" for role in one.roles if role in lexicon.families()),
            *(f"body {body}" for body in one.bodies),
        ):
            holders[sign].append(one)
    for held in holders.values():
        for other in held[1:]:
            if not _conflict(held[0], other, len(group)):
                parts.join(held[0].id, other.id)


def _join_rest(parts: Clusters, profile: Mapping[str, Profile], merged: Merged) -> None:
    """Give each part that contradicts none but one of the large parts to it; what fits two is undecided."""
    groups = sorted(parts.groups(), key=lambda ids: (-len(ids), ids[0]))
    settled: list[list[str]] = []
    many = len(profile)
    for ids in groups:
        fits = [
            held
            for held in settled
            if not any(_conflict(profile[a], profile[b], many) for a in ids[:20] for b in held[:20])
        ]
        described = any(profile[one].families or profile[one].bodies for one in ids)
        if not fits:
            settled.append(list(ids))
        elif len(fits) == 1 or (not described and _by_company(ids, fits, profile)):
            best = (
                fits[0]
                if len(fits) == 1
                else max(fits, key=lambda held: (_shared(ids, held, profile), -len(held)))
            )
            parts.join(best[0], ids[0])
            best.extend(ids)
        else:
            merged.undecided.update(ids)


def _by_company(ids: Sequence[str], fits: Sequence[Sequence[str]], profile: Mapping[str, Profile]) -> bool:
    counts = sorted((_shared(ids, held, profile) for held in fits), reverse=True)
    return counts[0] > counts[1]


def _shared(ids: Sequence[str], held: Sequence[str], profile: Mapping[str, Profile]) -> int:
    mine = frozenset[str]().union(*(profile[one].company for one in ids))
    theirs = frozenset[str]().union(*(profile[one].company for one in held))
    return len(mine & theirs)


def _merge_variants(by_name: Mapping[str, Sequence[Profile]], merged: Merged, related: Related) -> None:
    """Join full names that are spellings or short forms of one, where the stories are about one matter."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in sorted(by_name):
        blocks[names.skeleton(key.split()[-1])].append(key)
    for keys in blocks.values():
        for at, one in enumerate(keys[:200]):
            for other in keys[at + 1 : 200]:
                if _variant(one.split(), other.split()) and _near(by_name[one], by_name[other], related):
                    merged.clusters.join(by_name[one][0].id, by_name[other][0].id)


def _merge_juniors(by_name: Mapping[str, Sequence[Profile]], merged: Merged) -> None:
    """Join "Martin King Jr" and "Martin King", unless a story tells the two apart."""
    for key, group in sorted(by_name.items()):
        plain = by_name.get(key.removesuffix(" jr"), ()) if key.endswith(" jr") else ()
        if plain and not {one.place for one in group} & {one.place for one in plain}:
            merged.clusters.join(group[0].id, plain[0].id)


def _variant(one: list[str], other: list[str]) -> bool:
    if not names.alike(one[-1], other[-1]):
        return False
    if people.first_names_fit(one[0], other[0]):
        return one[-1] == other[-1] or names.sound(one[-1]) == names.sound(other[-1])
    return names.alike(one[0], other[0]) and min(len(one[0]), len(other[0])) > 3


def _near(some: Sequence[Profile], others: Sequence[Profile], related: Related) -> bool:
    return any(
        related.near(one.place, other.place) and not _conflict(one, other, 2)
        for one in some[:15]
        for other in others[:15]
    )


def _merge_shorts(
    found: Sequence[Profile], by_name: Mapping[str, Sequence[Profile]], merged: Merged, related: Related
) -> None:
    """Lead those whom a story calls by surname or initial alone to the one full name that they can be."""
    bearers: dict[str, dict[str, list[Profile]]] = defaultdict(lambda: defaultdict(list))
    for key, group in by_name.items():
        for one in group:
            top = merged.clusters.top(one.id)
            bearers[key.split()[-1]][top].append(one)
    for one in found:
        if one.one.is_full and not names.is_initialled(one.one.words):
            continue
        chances = bearers.get(names.surname(one.one.words).split("-")[-1], {})
        fits = {
            top: group
            for top, group in chances.items()
            if _first_fits(one, group) and not _against(one, group)
        }
        best = _bearer(one, fits, related)
        if best:
            merged.clusters.join(best, one.id)
        elif len(fits) > 1:
            merged.undecided.add(one.id)


def _bearer(one: Profile, fits: Mapping[str, Sequence[Profile]], related: Related) -> str | None:
    """Return whom a short name means: of those with its post, the one met, or the usual one."""
    alike = {top: [held for held in group if held.roles & one.roles] for top, group in fits.items()}
    alike = {top: group for top, group in alike.items() if group}
    for chances in (alike, fits):
        near = {
            top: group
            for top, group in chances.items()
            if any(_meet(one, held, related) for held in group[:40])
        }
        if len(near) == 1:
            return next(iter(near))
        best = _usual(near or chances)
        if best:
            return best
    return None


def _meet(one: Profile, held: Profile, related: Related) -> bool:
    """Whether two stories are of one time and matter, give one post, or have the two say the same."""
    if related.near(one.place, held.place):
        return True
    if not related.same_time(one.place, held.place):
        return False
    return bool(one.titles & held.titles) or related.alike(one.rows, held.rows)


def _merge_single(found: Sequence[Profile], merged: Merged, related: Related) -> None:
    """Join those of one single name ("Rihanna") whom nothing led to a full one, in stories that meet."""
    alone: dict[str, list[Profile]] = defaultdict(list)
    for one in found:
        if not one.one.is_full and merged.clusters.top(one.id) == one.id and one.id not in merged.undecided:
            alone[names.surname(one.one.words)].append(one)
    for group in alone.values():
        for at, one in enumerate(group[:MANY]):
            for other in group[at + 1 : MANY]:
                if not _conflict(one, other, 2) and _meet(one, other, related):
                    merged.clusters.join(one.id, other.id)


def _first_fits(one: Profile, group: Sequence[Profile]) -> bool:
    return not one.one.is_full or people.first_names_fit(one.one.words[0], group[0].one.words[0])


def _against(one: Profile, group: Sequence[Profile]) -> bool:
    return all(_conflict(one, held, 2) for held in group[:40])


def _usual(fits: Mapping[str, Sequence[Profile]]) -> str | None:
    """Return the bearer who has nearly all stories of a surname, if they are many."""
    counts = Counter({top: len(group) for top, group in fits.items()})
    if not counts:
        return None
    best, many = min(counts.items(), key=lambda one: (-one[1], one[0]))
    return best if many >= FAMOUS and many >= MOST * counts.total() else None
