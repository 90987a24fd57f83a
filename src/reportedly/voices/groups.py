"""Runs of capitalised words, taken apart into titles and name, and a guess what is named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from reportedly.model import places
from reportedly.voices import lexicon
from reportedly.voices.mentions import Gender
from reportedly.voices.reading import Reading, Word

_JOINERS = frozenset({"of", "for"})


class Named(StrEnum):
    """What a name is a name of."""

    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"
    PLACE = "place"  # a state, a city: speaks for its government
    PEOPLE = "people"  # a nationality word
    POST = "post"  # an office with capitals and nobody's name: "the Prime Minister"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Group:
    """A run of capitalised words [first, last) of a reading; its name is [name_first, last), titles before.

    sure: whether more than the look of the words told what it is.
    """

    first: int
    last: int
    name_first: int
    named: Named
    sure: bool
    gender: Gender | None = None


def words_of(reading: Reading, group: Group) -> tuple[str, ...]:
    """Return the words of a group's name, without full stops of abbreviations."""
    return tuple(
        word.text for word in reading.words[group.name_first : group.last] if word.is_word or word.text == "&"
    )


def text_of(reading: Reading, first: int, last: int) -> str:
    """Return words [first, last) as the story writes them, blanks evened out."""
    if first >= last:
        return ""
    return " ".join(reading.text[reading.words[first].start : reading.words[last - 1].end].split())


def find_groups(reading: Reading, first: int = 0, last: int | None = None) -> Iterator[Group]:
    """Yield the groups within words [first, last), in order."""
    stop = len(reading.words) if last is None else last
    whole = reading.known_groups
    if whole is None:
        whole = reading.known_groups = tuple(_scan(reading, 0, len(reading.words)))
    low = bisect_left(whole, first, key=lambda group: group.first)
    high = bisect_left(whole, stop, key=lambda group: group.first)
    cut_off = low > 0 and whole[low - 1].last > first
    if cut_off or (high > low and whole[high - 1].last > stop):
        yield from _scan(reading, first, stop)
    else:
        yield from whole[low:high]


def _scan(reading: Reading, at: int, stop: int) -> Iterator[Group]:
    while at < stop:
        end = _known(reading, at, stop) or (_extent(reading, at, stop) if _begins(reading, at, stop) else at)
        if end == at:
            at += 1
            continue
        cut = _after_place(reading, at, end)
        yield from (_group(reading, a, b) for a, b in ((at, cut), (cut, end)) if a < b)
        at = end


def _known(reading: Reading, at: int, stop: int) -> int | None:
    """Return where a listed body or outlet of two words or more ends that begins at word ``at``."""
    word = reading.words[at]
    if not word.text[0].isupper():
        return None
    for end in range(min(at + 7, stop), at + 1, -1):
        name = text_of(reading, at, end)
        if name in lexicon.words("known_bodies") or name in lexicon.words("known_outlets"):
            further = _extent(reading, end - 1, stop)
            return max(further, end)
    return None


def _begins(reading: Reading, at: int, stop: int) -> bool:
    """Tell whether a name may begin at a word."""
    word = reading.words[at]
    if not word.capital or word.possessive or word.lower in lexicon.words("groups_never"):
        return False
    following = reading.words[at + 1] if at + 1 < stop else None
    if (
        _is_noun(word.lower)
        and word.text not in lexicon.words("groups_parties")
        and opens(reading, at)
        and (following is None or not following.capital)
    ):
        return False
    if (
        word.lower in lexicon.words("groups_short_months")
        and following is not None
        and (following.text == "." or following.text.isdigit())
    ):
        return False
    if word.lower not in lexicon.words("not_names") and word.lower not in lexicon.words("groups_months"):
        return True
    if following is None or not following.capital or following.lower in lexicon.words("groups_never"):
        return False
    if word.lower in {"new", "south", "north", "white", "san", "long", "human", "state", "national"}:
        return True
    return not opens(reading, at)


_NOUN_LISTS = ("people", "officials", "groups", "organisations", "documents", "weasels")


def _is_noun(word: str) -> bool:
    return any(
        lexicon.holds(name, word)
        for name in ("people", "officials", "groups", "organisations", "documents", "weasels")
    )


def opens(reading: Reading, at: int) -> bool:
    """Tell whether a word stands where any word would have a capital."""
    if at == 0:
        return True
    before = reading.words[at - 1]
    return (
        before.text in lexicon.words("groups_ends_sentence")
        or "\n" in reading.text[before.end : reading.words[at].start]
    )


def _joined(reading: Reading, at: int) -> bool:
    """Tell whether a word stands right behind the one before, on the same line."""
    gap = reading.text[reading.words[at - 1].end : reading.words[at].start]
    return len(gap) <= 2 and "\n" not in gap


def _extent(reading: Reading, at: int, stop: int) -> int:
    """Return the end of the group that begins at word ``at``."""
    end = at + 1
    while end < stop and _joined(reading, end):
        step = _step(reading, at, end, stop)
        if step == 0:
            break
        end += step
    return end


def _step(reading: Reading, at: int, end: int, stop: int) -> int:
    """Return by how many words the group [at, end) goes on, 0 for none."""
    word = reading.words[end]
    if word.possessive or word.lower in lexicon.words("groups_week"):
        return 0
    following = _name_word(reading, end + 1, stop)
    if word.text == ".":
        return int(_abbreviated(reading.words[end - 1], word) and (following or _suffix(reading, end - 1)))
    if word.text == "&":
        return 2 if following else 0
    if word.capital and word.lower not in lexicon.words("groups_never"):
        return int(
            not (
                word.lower in lexicon.words("groups_months")
                and end + 1 < stop
                and reading.words[end + 1].text.isdigit()
            )
        )
    if word.text == "," and end + 1 < stop and reading.words[end + 1].lower in lexicon.words("suffixes"):
        return 2
    if word.lower in lexicon.words("particles"):
        return _particles(reading, end, stop)
    return _join(reading, at, end, stop)


def _suffix(reading: Reading, at: int) -> bool:
    return reading.words[at].lower in lexicon.words("suffixes")


def _name_word(reading: Reading, at: int, stop: int) -> bool:
    if at >= stop or not _joined(reading, at):
        return False
    word = reading.words[at]
    return word.capital and word.lower not in lexicon.words("groups_never")


def _abbreviated(before: Word, stop: Word) -> bool:
    """Tell whether a full stop belongs to the word before it: an initial, a title, "Jr", "St"."""
    if before.end != stop.start:
        return False
    short = len(before.text) == 1 or before.lower in {
        "st",
        "jr",
        "sr",
        "inc",
        "co",
        "corp",
        "ltd",
        "mt",
        "ft",
    }
    return short or (before.lower in lexicon.words("titles") and len(before.text) <= 5)


def _particles(reading: Reading, end: int, stop: int) -> int:
    at = end
    while at < stop and at - end < 3 and reading.words[at].lower in lexicon.words("particles"):
        at += 1
    return at + 1 - end if _name_word(reading, at, stop) else 0


def _join(reading: Reading, at: int, end: int, stop: int) -> int:
    """Go on over "of", "for", "on", "and" inside the name of a body."""
    joiner = reading.words[end].lower
    so_far = [word.text for word in reading.words[at:end]]
    able = lexicon.words("of_words")
    ahead = end + 1
    if ahead < stop and reading.words[ahead].lower == "the":
        ahead += 1
    if not _name_word(reading, ahead, stop):
        return 0
    if joiner in _JOINERS and so_far[-1] in able:
        return ahead + 1 - end
    if joiner in lexicon.words("groups_tight_joiners") and so_far[-1] in able & lexicon.words("org_words"):
        return ahead + 1 - end
    led = so_far[0] in {
        "Ministry",
        "Department",
        "Office",
        "Committee",
        "Commission",
        "Bureau",
        "Institute",
        "Agency",
    }
    if joiner == "and" and led and ("of" in so_far or "for" in so_far):
        return ahead + 1 - end if reading.words[ahead].lower not in lexicon.first_names() else 0
    return 0


def _after_place(reading: Reading, at: int, end: int) -> int:
    """Cut "to Syria Robert Ford" behind the place; return ``at`` where there is nothing to cut."""
    if at == 0 or end - at < 3 or reading.words[at - 1].lower not in {"to", "of", "in", "for"}:
        return at
    is_place = places.naming_of(reading.words[at].text) is places.Naming.NAME
    return at + 1 if is_place and reading.words[at + 1].lower in lexicon.first_names() else at


def _group(reading: Reading, at: int, end: int) -> Group:
    name = _name_start(reading, at, end)
    gender = _gender(reading, at, name, end)
    if _is_post(reading, name, end):
        return Group(at, end, at, Named.POST, True)
    named, sure = _named(reading, at, name, end)
    if named not in (Named.PERSON, Named.UNKNOWN):
        whole = at if _has_body_word(reading, at, end) else name
        return Group(at, end, whole, named, sure)
    return Group(at, end, name, named, sure, gender)


def _name_start(reading: Reading, at: int, end: int) -> int:
    """Return where the name begins behind titles, nationality and party words."""
    words = reading.words
    start = at
    for place in range(at, end - 1):
        if words[place].lower in lexicon.words("titles") or (place == at and _is_calling(reading, at)):
            start = _behind_title(reading, place, end)
    if start == at and end - at > 2 and _is_label(words[at].text):
        start = at + 1
    kept = start > at and end - start == 1 and _title_before(reading, start) in lexicon.words("keep_titles")
    return start - 1 if kept else start


def _is_calling(reading: Reading, at: int) -> bool:
    """Tell whether a sentence begins with what someone is: "Comedian Bella Stroud"."""
    word = reading.words[at].lower
    return (
        lexicon.holds("people", word) and word not in lexicon.words("groups_surnames") and opens(reading, at)
    )


def _is_label(word: str) -> bool:
    return word in lexicon.words("groups_parties") or places.is_demonym(word)


def _title_before(reading: Reading, at: int) -> str:
    before = reading.words[at - 1]
    return reading.words[at - 2].lower if before.text == "." and at > 1 else before.lower


def _behind_title(reading: Reading, place: int, end: int) -> int:
    """Return the word behind a title: behind its full stop, and behind "of State"."""
    words = reading.words
    start = place + 1
    if words[start].text == "." and start + 1 < end:
        start += 1
    if words[start].lower == "of" and start + 2 < end:
        start += 2
        if words[start].lower in {"affairs", "foreign"} and start + 1 < end:
            start += 1
    return start if words[start].lower != "of" else place


def _is_post(reading: Reading, name: int, end: int) -> bool:
    """Tell whether the words name an office and nobody: "Charlotte Mayor", "Secretary of State"."""
    words = reading.words[name:end]
    titles = lexicon.words("titles")
    if words[-1].lower in titles and words[0].lower not in lexicon.first_names():
        return len(words) > 1 or reading.words[name - 1].lower in {"the", "a", "an", "former"}
    return len(words) > 2 and words[0].lower in titles and words[1].lower == "of"


def _gender(reading: Reading, at: int, name: int, end: int) -> Gender | None:
    before = [word.lower for word in reading.words[max(at - 1, 0) : name]]
    for title in reversed(before):
        if title in lexicon.words("masculine_titles"):
            return Gender.MASCULINE
        if title in lexicon.words("feminine_titles"):
            return Gender.FEMININE
    return lexicon.first_names().get(reading.words[name].lower) if end - name > 1 else None


def _has_body_word(reading: Reading, at: int, end: int) -> bool:
    return any(word.text in lexicon.words("org_words") for word in reading.words[at:end])


def _named(reading: Reading, at: int, name: int, end: int) -> tuple[Named, bool]:
    """Return what is named, and whether more than the look of the words told."""
    words = reading.words[name:end]
    whole, bare = text_of(reading, at, end), text_of(reading, name, end)
    listed = _listed(whole) or _listed(bare)
    if listed:
        return listed, True
    first = words[0].lower in lexicon.first_names() and len(words) > 1
    told = _told_by_words(reading, at, words, first)
    if told:
        return told, True
    titled = name > at and not _is_label(reading.words[name - 1].text)
    label = reading.label(words[0].start, words[-1].end)
    if first and label in (None, "PER"):
        return Named.PERSON, True
    if label != "PER" and _has_body_word(reading, at if not titled else name, end):
        return Named.BODY, True
    if (
        len(words) == 1
        and words[0].text in lexicon.words("outlet_words")
        and name
        and _after_the(reading, name)
    ):
        return Named.OUTLET, True
    if titled:
        return Named.PERSON, True
    return _by_label(label) or _by_look(words)


def _told_by_words(reading: Reading, at: int, words: list[Word], first: bool) -> Named | None:
    """Tell a body or an outlet by its last word, or by the noun before it."""
    if _ends_as_body(words, first):
        return Named.BODY
    if _looks_like_outlet(words) and not first:
        return Named.OUTLET
    return _after_noun(reading, at)


def _after_the(reading: Reading, at: int) -> bool:
    return reading.words[at - 1].lower == "the"


def _after_noun(reading: Reading, at: int) -> Named | None:
    """Tell what is named right behind a noun: "the union IG Kessel", "the daily Il Corriere"."""
    if at == 0:
        return None
    before = reading.words[at - 1].text
    if before in {
        "newspaper",
        "daily",
        "weekly",
        "magazine",
        "broadcaster",
        "channel",
        "website",
        "newswire",
        "station",
    }:
        return Named.OUTLET
    return Named.BODY if before in lexicon.words("groups_body_nouns") else None


def _ends_as_body(words: list[Word], first: bool) -> bool:
    """Tell whether the last word says so; a first name before it says otherwise where the two stand alone."""
    ends = len(words) > 1 and words[-1].text in lexicon.words("org_words")
    return ends and not (first and len(words) == 2)


def _listed(name: str) -> Named | None:
    if name in lexicon.words("known_outlets"):
        return Named.OUTLET
    if name in lexicon.words("known_bodies"):
        return Named.BODY
    naming = places.naming_of(name)
    if naming is None:
        placed = name in lexicon.words("groups_continents") or name.rpartition(" ")[2] in lexicon.words(
            "groups_place_words"
        )
        return Named.PLACE if placed or name in lexicon.words("groups_places") else None
    if naming is places.Naming.BODY:
        return Named.BODY
    return Named.PEOPLE if naming is places.Naming.PEOPLE else Named.PLACE


def _looks_like_outlet(words: list[Word]) -> bool:
    return len(words) > 1 and (
        words[-1].text in lexicon.words("outlet_words") or words[0].text in {"Radio", "Daily"}
    )


def _by_label(label: str | None) -> tuple[Named, bool] | None:
    table = {"PER": Named.PERSON, "ORG": Named.BODY, "LOC": Named.PLACE, "NORP": Named.PEOPLE}
    return (table[label], True) if label in table else None


def _by_look(words: list[Word]) -> tuple[Named, bool]:
    letters = [word for word in words if word.is_word]
    if len(letters) == 1:
        word = letters[0].text
        acronym = word.isupper() and 2 <= len(word) <= 6
        return (Named.BODY, False) if acronym else (Named.UNKNOWN, False)
    if len(letters) <= 4 and all(word.text[0].isalpha() for word in letters):
        return Named.PERSON, False
    return Named.BODY, False
