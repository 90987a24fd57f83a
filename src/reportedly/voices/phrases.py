"""Noun phrases without a name of their own: head noun, role, the body spoken for, how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportedly.model import places
from reportedly.voices import lexicon
from reportedly.voices.groups import Group, Named, find_groups, text_of
from reportedly.voices.reading import Reading

_LONGEST = 24  # words of a noun phrase that are read


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a noun phrase says of a source.

    head: its head noun in lower case, "" if none was found. role: its words without articles, nationality and
    body. owner: whose the head is, or for whom it speaks. plural: of the head or by its count.
    definite: "the", "this". bare: nothing narrows it down. end: the word behind what was read.
    """

    head: str
    role: str | None
    owner: Group | None
    country: str | None
    plural: bool
    definite: bool
    bare: bool
    first: int
    end: int
    owner_pronoun: str | None = None
    is_body: bool = False


def read_phrase(reading: Reading, first: int, last: int) -> Phrase | None:
    """Read the noun phrase that begins at word ``first`` and ends by ``last``; None if there is no noun."""
    last = min(last, first + _LONGEST)
    start, count = _count(reading, first, last)
    core_end = _core_end(reading, start, last)
    if core_end <= start:
        return None
    return _read_core(reading, (first, start, core_end, last), count)


def _count(reading: Reading, first: int, last: int) -> tuple[int, str]:
    """Skip "one of the", "dozens of"; return where the rest begins and what counted."""
    at = first
    while at < last and reading.words[at].lower in lexicon.words("quantities") | {"more", "than"}:
        at += 1
    ahead = at
    if ahead < last and reading.words[ahead].lower in lexicon.words("partitives"):
        ahead += 1
    behind = ahead > first and ahead + 1 < last and reading.words[ahead].lower == "of"
    counted = reading.words[ahead - 1].lower in lexicon.words("partitives") if ahead > first else False
    return (ahead + 1, reading.words[ahead - 1].lower) if behind and counted else (first, "")


def _core_end(reading: Reading, start: int, last: int) -> int:
    """Return the word behind the head noun: before a preposition, a mark, a verb."""
    at = start
    stops = lexicon.words("prepositions")
    while at < last:
        word = reading.words[at]
        if word.text in lexicon.words("phrases_stops") or (
            word.text == "." and not _in_abbreviation(reading, at)
        ):
            break
        free = at > start and not reading.words[at - 1].possessive
        if (
            word.lower in stops
            and free
            and not _within_group(reading, start, at, last)
            and not _owned_ahead(reading, at, last)
        ):
            break
        if at > start and (
            word.lower in lexicon.words("phrases_verbs") or word.lower == "and" or _acts(reading, at)
        ):
            break
        at += 1
    return at


def _acts(reading: Reading, at: int) -> bool:
    """Tell whether a verb follows its noun: "groups encouraging her", "a memo leaked"."""
    word, before = reading.words[at].lower, reading.words[at - 1].lower
    dated = word in {"last", "next", "earlier", "today", "yesterday", "this"}
    if not (dated or reading.is_verb(at) or (word.endswith("ing") and len(word) > 5)):
        return False
    return any(
        lexicon.holds(name, before)
        for name in ("people", "officials", "groups", "organisations", "documents")
    )


def _owned_ahead(reading: Reading, at: int, last: int) -> bool:
    """Tell whether "for" stands in the name of an owner: "Voices for Change's director"."""
    if reading.words[at].lower not in {"of", "for"} or not reading.words[at - 1].capital:
        return False
    ahead = reading.words[at + 1 : min(at + 5, last)]
    named = next((place for place, word in enumerate(ahead) if not word.capital), len(ahead))
    return 0 < named < len(ahead) and ahead[named].possessive


def _in_abbreviation(reading: Reading, at: int) -> bool:
    before = reading.words[at - 1]
    short = (
        before.end == reading.words[at].start
        and len(before.text) <= 4
        and before.lower in lexicon.words("titles")
    )
    return short and at + 1 < len(reading.words)


def _within_group(reading: Reading, start: int, at: int, last: int) -> bool:
    """Tell whether "of" or "for" stands inside a name: "the Ministry of Health spokesman"."""
    if not reading.words[at - 1].capital:
        return False
    begin = at - 1
    while begin > start and reading.words[begin - 1].capital:
        begin -= 1
    return any(
        group.first < at < group.last and group.named is not Named.POST
        for group in find_groups(reading, begin, last)
    )


def _read_core(reading: Reading, bounds: tuple[int, int, int, int], count: str) -> Phrase | None:
    first, start, core_end, last = bounds
    words = reading.words
    begin = _behind_determiners(reading, start, core_end)
    determiners = {word.lower for word in words[first:begin]}
    if begin >= core_end:
        return _only_counted(reading, bounds)
    owner, begin = _possessor(reading, begin, core_end)
    head_at = core_end - 1
    while head_at > begin and (
        words[head_at].possessive or not words[head_at].is_word or words[head_at].text.isdigit()
    ):
        head_at -= 1
    groups = [group for group in find_groups(reading, begin, core_end) if group.last <= head_at]
    states = places.states_in(text_of(reading, begin, head_at + 1))
    country = states[0] if states else None
    spoken_for = next((g for g in reversed(groups) if _can_own(reading, g)), None)
    complement = _complement(reading, core_end, last)
    role = _role(reading, begin, head_at + 1, groups)
    head = words[head_at].lower
    kept = complement.kept if complement else ""
    narrowed = bool(owner or groups or complement) or bool(_telling(reading, begin, head_at))
    return Phrase(
        head=head,
        role=f"{role} {kept}".strip() or None,
        owner=owner or spoken_for or (complement.owner if complement else None),
        country=country
        or _country(reading, [owner] if owner else [])
        or (complement.country if complement else None),
        plural=_plural(head, count, {word.lower for word in words[first:begin]}),
        definite=bool(determiners & {"the", "this", "that", "these", "those"}),
        bare=not narrowed,
        first=first,
        end=complement.end if complement else core_end,
        owner_pronoun=next(
            (word for word in ("his", "her", "their", "its", "my", "our") if word in determiners), None
        ),
    )


def _plural(head: str, count: str, before: set[str]) -> bool:
    if count:
        return count != "one" and count not in {"member", "another", "each", "any"}
    return lexicon.is_plural(head) or bool(
        before & lexicon.words("several") & {"two", "three", "four", "five", "six"}
    )


def _behind_determiners(reading: Reading, start: int, end: int) -> int:
    at = start
    while at < end and reading.words[at].lower in lexicon.words("determiners") | lexicon.words("quantities"):
        at += 1
    return at


def _only_counted(reading: Reading, bounds: tuple[int, int, int, int]) -> Phrase | None:
    """ "Some", "many", "others": the count stands for the people."""
    first, start, core_end, last = bounds
    words = [word.lower for word in reading.words[start:core_end] if word.lower not in {"the", "a", "an"}]
    if not words:
        return None
    complement = _complement(reading, core_end, last)
    several = words[-1] not in {"one", "another", "each", "any", "every"}
    return Phrase(words[-1], None, None, None, several, False, complement is None, first, core_end)


def _possessor(reading: Reading, begin: int, end: int) -> tuple[Group | None, int]:
    """Read "Iran's", "the ministry's" before the head; return the group that owns it and the word behind."""
    marks = [at for at in range(begin, end - 1) if reading.words[at].possessive]
    if not marks:
        return None, begin
    owners = [group for group in find_groups(reading, begin, marks[-1]) if group.last == marks[-1]]
    return (owners[-1] if owners else None), marks[-1] + 1


def _country(reading: Reading, groups: list[Group]) -> str | None:
    for group in groups:
        found = places.states_in(text_of(reading, group.first, group.last))
        if found:
            return found[0]
    return None


def _can_own(reading: Reading, group: Group) -> bool:
    """Tell whether a name before a head noun is the body that it speaks for."""
    if group.named in (Named.PEOPLE, Named.POST):
        return False
    return reading.words[group.name_first].text not in lexicon.words("phrases_parties")


def _telling(reading: Reading, begin: int, head_at: int) -> list[str]:
    """Return the words before the head that say more than "senior" or "unnamed" does."""
    empty = lexicon.words("empty_modifiers")
    return [word.lower for word in reading.words[begin:head_at] if word.is_word and word.lower not in empty]


def _role(reading: Reading, begin: int, end: int, groups: list[Group]) -> str:
    """Return the words of a phrase that say what someone is: without nationality, without the body."""
    left_out = {at for group in groups if _is_aside(reading, group) for at in range(group.first, group.last)}
    left_out |= {at for at in range(begin, end - 1) if places.naming_of(reading.words[at].text)}
    spans = [at for at in range(begin, end) if at not in left_out and reading.words[at].is_word]
    return " ".join(_pieces(reading, spans))


def _is_aside(reading: Reading, group: Group) -> bool:
    return group.named is not Named.POST and reading.words[group.name_first].text not in lexicon.words(
        "phrases_parties"
    )


def _pieces(reading: Reading, at: list[int]) -> Iterator[str]:
    """Yield runs of neighbouring words as the story writes them."""
    run: list[int] = []
    for place in [*at, -2]:
        if run and place != run[-1] + 1:
            yield text_of(reading, run[0], run[-1] + 1)
            run = []
        run.append(place)


@dataclass(frozen=True, slots=True)
class _Complement:
    """What stands behind a head noun: the body, or words that belong to the role. end: the word behind it."""

    owner: Group | None
    kept: str
    country: str | None
    end: int


def _complement(reading: Reading, at: int, last: int) -> _Complement | None:
    """Read "for the CIA", "of law at Tromvik University", "in the Middle East"."""
    kept = ""
    found: _Complement | None = None
    if (
        at + 1 < last
        and reading.words[at].lower.endswith(("ed", "en"))
        and reading.words[at + 1].lower == "by"
    ):
        at += 1  # "a report released by the institute"
    while at < last and reading.words[at].lower in lexicon.words("affiliation_prepositions") | {
        "to",
        "on",
        "by",
    }:
        one = _one_complement(reading, at, last)
        if one is None:
            break
        kept = f"{kept} {one.kept}".strip()
        country = found.country if found and found.country else one.country
        found = replace(one, kept=kept, country=country)
        if one.owner is not None:
            break
        at = one.end
    if (
        found is None
        and at < last
        and reading.words[at].lower in lexicon.words("prepositions") - {"said", "as"}
    ):
        return _Complement(None, "", None, at)
    return found


def _one_complement(reading: Reading, at: int, last: int) -> _Complement | None:
    preposition = reading.words[at].lower
    begin = _behind_determiners(reading, at + 1, last)
    end = _core_end(reading, begin, last) if begin < last else begin
    if end <= begin:
        return None
    group = next(find_groups(reading, begin, end), None)
    if group and group.first == begin and (group.last == end or reading.words[group.last].possessive):
        return _named_complement(reading, group, preposition, (at, end))
    head = reading.words[end - 1].lower
    if lexicon.holds("documents", head) or head in {
        "interview",
        "speech",
        "briefing",
        "conference",
        "year",
        "week",
    }:
        return None
    if (
        group
        and lexicon.holds("organisations", head)
        and preposition in {"for", "at", "with", "of", "from", "in"}
    ):
        states = places.states_in(text_of(reading, begin, end))
        body = replace(group, first=begin, name_first=begin, last=end, named=Named.BODY)
        return _Complement(body, "", states[0] if states else None, end)
    if reading.words[begin].text[0].isdigit():
        return None
    keeps = preposition in lexicon.words("phrases_kept") and end - begin <= 5
    return _Complement(None, text_of(reading, at, end) if keeps else "", None, end)


def _named_complement(
    reading: Reading, group: Group, preposition: str, bounds: tuple[int, int]
) -> _Complement | None:
    at, end = bounds
    end = min(end, group.last)
    states = places.states_in(text_of(reading, group.first, group.last))
    country = states[0] if states else None
    if preposition in {"in", "to", "on"} and group.named is not Named.BODY:
        placed = group.named is Named.PLACE and preposition == "in" and country
        kept = "" if placed else text_of(reading, at, end)
        return _Complement(None, kept, country if placed else None, end)
    return _Complement(group, "", country, end)
