"""The people of one story: short names led to the full ones, with what the story says that each is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from reportedly.corpus.actors import lexicon, names

_OWNER_POST = r"(?:(?:the|an?|its|their|his|her|our)\s|[^\W\d_][\w&.’'-]*(?:\s[^\W\d_a-z][\w&.-]*)*['’]s?\s)"
_BEFORE_COMMA = re.compile(
    rf"(?P<role>{_OWNER_POST}[^,.;:!?\"“”\n]{{3,70}}),\s(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir|Gen|Col|Capt)\.?\s|Professor\s)?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?P<role>(?:[\w’'&.-]+[ ]){1,6})$")
_AFTER_COMMA = re.compile(r"^(?:\s\([^)]*\))?,\s(?P<age>\d{1,3})?(?:,\s)?(?P<role>[^,.;:!?\"“”\n]{3,90})?")
_AFTER_IS = re.compile(r"^\s(?:is|was|works as|served as)\s(?P<role>(?:an?|the)\s[^,.;:!?\"“”\n]{3,80})")
_AFTER_OF = re.compile(r"^\s(?:of|from|at|with)\s(?P<of>(?:the\s)?[^\s,.;:!?\"“”\n][^,.;:!?\"“”\n]{2,60})")
_BODY_BEFORE = re.compile(r"(?:[Tt]he\s)?(?:[^\W\d_a-z][\w’'&-]*\s)*(?P<head>[^\W\d_][\w-]{2,})\b")
_HEADS = re.compile(r"^,?\swho (?:heads|leads|runs|chairs|directs)\s(?P<of>[^,.;:!?\"“”\n]{2,60})")
_SPEAKS_FOR = re.compile(
    r"^,?\s(?:who\s)?(?:speaks|speaking|spoke|spokesman|spokeswoman) for\s(?P<of>[^,.;:!?\"“”\n]{2,60})"
)
_SPEAKING_FOR = re.compile(r"[Ss]peaking (?:for|on behalf of)\s(?P<of>[^,.;:!?\"“”\n]{2,60}),\s$")
_TRADE = re.compile(r"\w{3}(?:ist|ician|woman|eer)$")
_HOUSES = frozenset(
    {
        "House",
        "Senate",
        "Congress",
        "GOP",
        "Gop",
        "Parliament",
        "Court",
        "Department",
        "Ministry",
        "Government",
        "Party",
    }
)
_OFFICES = frozenset(
    {
        "president",
        "minister",
        "senator",
        "sen",
        "governor",
        "gov",
        "chancellor",
        "premier",
        "king",
        "queen",
        "pope",
    }
)
_STYLES = frozenset(
    {"dr", "prof", "sir", "lord", "lady", "dame", "hon", "fellow", "man", "woman", "one", "person"}
)
_WINDOW = 110
_MODIFIERS = 3
_LONGEST = 7
OCCURRENCES = 4
"""So many times a name is looked up in its story for what stands beside it."""


@dataclass(slots=True)
class Person:
    """Somebody in one story. words: the fullest name, as written. forms: names as they stand in the rows.

    posts: (role, whose: the words for it or ""). ages: as told.
    """

    words: tuple[str, ...]
    forms: Counter[str] = field(default_factory=Counter)
    posts: Counter[tuple[str, str]] = field(default_factory=Counter)
    ages: set[int] = field(default_factory=set)

    @property
    def is_full(self) -> bool:
        """Whether the story gives first name and last."""
        return len(self.words) > 1


def read_people(mentioned: Counter[str], sequences: Iterable[str]) -> list[Person]:
    """Return the people of a story.

    mentioned: names that rows of the story give to a person, as they stand. sequences: capitalised words of
    its text, in which a full name may stand that no row has.
    """
    sequences = list(sequences)
    capitals = {word for sequence in sequences for word in sequence.split()}
    found = {name: words for name in mentioned if (words := names.person(name)) and is_person(words)}
    found = {name: words for name, words in found.items() if len(words) > 1 or _stands(words[0], capitals)}
    shorts = {names.surname(words) for words in found.values()}
    often = Counter[tuple[str, ...]]()
    for name, words in found.items():
        often[words] += mentioned[name]
    people = _distinct({words: often[words] for words in found.values() if len(words) > 1})
    told = Counter[tuple[str, ...]]()
    for sequence in sequences:
        words = names.person(sequence)
        if 1 < len(words) <= 4 and names.surname(words) in shorts and is_person(words):
            told[words] += 1
    have = {names.surname(one.words) for one in people}
    people += _distinct({words: many for words, many in told.items() if names.surname(words) not in have})
    _add_shorts(people, found)
    for name, words in found.items():
        owner = owner_of(words, people)
        if owner is not None:
            owner.forms[name] += mentioned[name]
    return people


@lru_cache(maxsize=1 << 17)
def is_person(words: tuple[str, ...]) -> bool:
    """Return whether words can be somebody's name: capitals, no state, no day, no common noun for people."""
    if not words or not (words[0][:1].isupper() or words[-1][:1].isupper()):
        return False
    if any(
        word[:1].islower() and word.lower().split("-")[0] not in lexicon.speech("particles") for word in words
    ):
        return False
    if words[-1].lower() in lexicon.speech("particles") or _HOUSES & set(words) or len(words[-1]) == 1:
        return False
    first, last = names.fold(words[0]), names.fold(words[-1])
    if (len(words) == 1 and _is_common(last)) or names.state(" ".join(words)):
        return False
    days = lexicon.speech("groups_week") | lexicon.speech("groups_months")
    if first in days or last in days or first in lexicon.speech("not_names") or _is_place(words[0]):
        return False
    return not (len(words) > 1 and words[-1] in lexicon.speech("org_words") | lexicon.speech("outlet_words"))


def _is_place(word: str) -> bool:
    places = lexicon.speech("groups_places")
    return bool(names.state(word)) or (word in places and names.fold(word) not in lexicon.given_names())


def _stands(word: str, capitals: set[str]) -> bool:
    """Whether a single word has its capital in the text for more than that it opens a sentence."""
    return any(
        form in capitals for form in (word, f"{word}'s", f"{word}’s", f"{word}.", f"{word}'", f"{word}’")
    )


def _is_common(word: str) -> bool:
    noun = lexicon.singular(word)
    return any(
        noun in lexicon.speech(name) or word in lexicon.speech(name)
        for name in ("people", "groups", "officials")
    )


def _distinct(fulls: Mapping[tuple[str, ...], int]) -> list[Person]:
    """Return one person for all full names that can be one's: "Donald J. Trump", "Donald Trump".

    fulls: how often each stands. A name three times as frequent as a longer one is the better name.
    """
    people: list[Person] = []
    for words in sorted(fulls, key=lambda words: (-len(" ".join(words)), words)):
        one = next((one for one in people if same_full(words, one.words)), None)
        if one is None:
            people.append(Person(words))
        elif fulls[words] >= 3 * fulls[one.words] and not any(map(names.is_initial, words)):
            one.words = words
    return people


def _add_shorts(people: list[Person], found: dict[str, tuple[str, ...]]) -> None:
    known = {word for one in people for word in map(names.fold, one.words)}
    for words in sorted(set(found.values())):
        if len(words) == 1 and names.surname(words) not in known:
            people.append(Person(words))
            known.add(names.surname(words))


def owner_of(words: tuple[str, ...], people: Sequence[Person]) -> Person | None:
    """Return the one of a story's people that a name stands for, None if it is two or none."""
    if not words:
        return None
    if len(words) > 1:
        fits = [one for one in people if one.is_full and same_full(words, one.words)]
        return fits[0] if fits else None
    short = names.surname(words)
    for which in (-1, 0):
        fits = [one for one in people if names.surname((one.words[which],)) == short]
        if fits:
            return fits[0] if len(fits) == 1 else None
    return next((one for one in people if short in map(names.fold, one.words)), None)


@lru_cache(maxsize=1 << 17)
def same_full(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two full names of one story are one: last name and first, initials and short forms."""
    if names.surname(one) != names.surname(other):
        return set(map(names.fold, one)) < set(map(names.fold, other)) and len(one) > 1
    return first_names_fit(one[0], other[0]) or set(map(names.fold, one)) <= set(map(names.fold, other))


def first_names_fit(one: str, other: str) -> bool:
    """Return whether two first names can be one's: the same, an initial, a short form."""
    a, b = names.fold(one).strip("."), names.fold(other).strip(".")
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    longs = lexicon.first_names()
    return bool(longs.get(a, frozenset()) & longs.get(b, frozenset()))


def part_titled(people: list[Person]) -> None:
    """Part "President Trump" from a Melania Trump whom the story never calls president.

    Without that her name, the only full one of the story, would take his. The plain surname goes with it.
    """
    for one in [one for one in people if one.is_full]:
        heads = {names.fold(role).split()[-1] for role, _ in one.posts if role.split()}
        alien = [form for form in one.forms if (title := _title_of(form)) and title not in heads]
        full = [form for form in one.forms if len(names.person(form)) > 1]
        if not alien or not full or any(_title_of(form) in heads for form in one.forms if _title_of(form)):
            continue
        short = Person((one.words[-1],))
        for form in [form for form in one.forms if form not in full]:
            short.forms[form] = one.forms.pop(form)
        short.posts.update((_title_of(form), "") for form in alien)
        people.append(short)


def _title_of(form: str) -> str:
    """Return the office in front of a surname alone ("President Trump"), "" for none or a plain "Mr"."""
    words = names.clean(form).split()
    if len(names.person(form)) != 1 or len(words) < 2:
        return ""
    return names.fold(words[-2]).strip(".") if is_office(words[-2]) else ""


def is_office(word: str) -> bool:
    """Return whether a word before a surname is an office that tells who is meant ("President")."""
    return names.fold(word).strip(".") in _OFFICES


def describe(one: Person, text: str) -> None:
    """Add to somebody's posts and ages what stands beside the name in the text."""
    seen = 0
    for form in dict.fromkeys((" ".join(one.words), one.words[-1])):
        at = text.find(form)
        while at >= 0 and seen < OCCURRENCES:
            seen += 1
            before, after = text[max(0, at - _WINDOW) : at], text[at + len(form) : at + len(form) + _WINDOW]
            for role, whose in _beside(before, after, one, whole=" " in form):
                one.posts[role, whose] += 1
            at = text.find(form, at + len(form))


def _whose(role: str, before: str) -> str:
    """Return the body that "its" means in a post: the last one named before it."""
    if not re.match(r"(?:its|their)\s", role, re.IGNORECASE):
        return ""
    bodies = [
        found[0]
        for found in _BODY_BEFORE.finditer(before[: before.rfind(role)])
        if lexicon.singular(names.fold(found["head"])) in lexicon.speech("organisations")
    ]
    return bodies[-1] if bodies else ""


def _latest(role: str) -> str:
    """Cut what stands before the noun phrase that ends: "At yesterday's talks the medical officer"."""
    parts = re.split(r"\s(?=the\s)", role)
    while len(parts) > 1 and parts[-2].split()[-1].lower() not in lexicon.speech("prepositions"):
        parts = parts[-1:]
    return " ".join(parts) if len(parts) < 2 or parts[0] else parts[-1]


def _beside(before: str, after: str, one: Person, whole: bool) -> Iterator[tuple[str, str]]:
    """Yield (role, whose) around a name. whole: the full one; a title before a short one may be another's."""
    for found in (_BEFORE_COMMA.search(before), _AFTER_IS.match(after)):
        if found and is_role(role := _latest(found["role"].strip())):
            yield role, _whose(role, before)
    told = _AFTER_COMMA.match(after)
    if told and told["age"] and 1 < int(told["age"]) < 120:
        one.ages.add(int(told["age"]))
    if told and told["role"] and is_role(told["role"]):
        yield told["role"].strip(), ""
    speaks = _SPEAKS_FOR.match(after) or _SPEAKING_FOR.search(before)
    if speaks:
        yield "spokesman", speaks["of"].strip()
    heads = _HEADS.match(after)
    if heads:
        yield "head", heads["of"].strip()
    front = _role_before(before) if whole or not one.is_full else ""
    belongs = _AFTER_OF.match(after)
    if front:
        yield front, _ended(belongs["of"]) if belongs else ""


def _ended(of: str) -> str:
    """Cut a phrase after a preposition where the sentence's verb begins."""
    kept: list[str] = []
    for word in of.split():
        if kept and word.lower() in lexicon.words("role_stops") | {
            "also",
            "told",
            "believes",
            "reported",
            "confirmed",
            "denied",
            "who",
        }:
            break
        kept.append(word)
    return " ".join(kept)


def _role_before(before: str) -> str:
    """Return the post right before a name: "harbour master", "Kantina Bank spokeswoman", "" without one."""
    found = _BEFORE.search(before)
    if not found:
        return ""
    kept: list[str] = []
    for word in reversed(found["role"].split()):
        if kept and word[:1].islower() and (word.endswith(("ing", "ed")) or len(kept) > _MODIFIERS):
            break
        dotted = word.endswith((".", "!", "?")) and names.fold(word).strip(".") not in lexicon.speech(
            "titles"
        )
        if word.lower() in lexicon.words("role_stops") or dotted:
            break
        kept.append(word)
    role = " ".join(reversed(kept))
    return role if role and is_role(role, last=True) else ""


def is_role(words: str, *, last: bool = False) -> bool:
    """Return whether a phrase tells what somebody is: its head is a post or an occupation."""
    bare = (
        re.split(r"\s(?:of|for|at|in|from|with|by|on|to|who|and)\s", words.strip(), maxsplit=1)[0]
        if not last
        else words
    )
    parts = [part for part in re.split(r"[\s]+", names.fold(bare)) if part]
    if not parts or parts[0] in lexicon.words("role_stops") - {"the", "a", "an"} or len(parts) > _LONGEST:
        return False
    heads = (parts[-1], " ".join(parts[-2:]))
    return any(_is_post(head) for head in heads)


def _is_post(head: str) -> bool:
    bare = head.strip(".,")
    if bare in lexicon.speech("honorifics"):
        return False
    if lexicon.singular(bare) != bare or bare in _STYLES:
        return False
    return (
        _TRADE.search(bare) is not None
        or bare in lexicon.words("heads")
        or bare in lexicon.families()
        or any(bare in lexicon.speech(name) for name in ("titles", "officials", "people"))
    )


def by_surname(people: Iterable[Person]) -> dict[str, list[Person]]:
    """Return people by the last word of their names."""
    found: dict[str, list[Person]] = defaultdict(list)
    for one in people:
        found[names.surname(one.words)].append(one)
    return found
