"""The words of a source: a pronoun, names, or a noun phrase; and what stands around a name about it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from reportedly.types import Span
from reportedly.voices import lexicon
from reportedly.voices.groups import Group, Named, find_groups
from reportedly.voices.phrases import Phrase, read_phrase
from reportedly.voices.reading import Reading

_TURNS = frozenset({"q", "a"})


@dataclass(frozen=True, slots=True)
class Source:
    """What the words of a source are; one of the first three is set, or none for words that say nothing.

    phrase: also beside names, where the noun phrase before or behind them tells who they are.
    """

    pronoun: str | None = None
    names: tuple[Group, ...] = ()
    phrase: Phrase | None = None
    turn: str | None = None  # "q" or "a" of an interview
    handle: str | None = None  # "@name" on a platform
    span: Span | None = None


def read_source(reading: Reading, span: Span) -> Source:
    """Say what the words of a span are."""
    first, last = _trim(reading, *reading.covering(span))
    if first >= last:
        return Source()
    words = reading.words
    place = Span(words[first].start, words[last - 1].end)
    lower = words[first].lower
    if last == first + 1 and words[first].text in {"Q", "A"}:
        return Source(turn=lower, span=place)
    if lower.startswith("@"):
        return Source(handle=words[first].text, span=place)
    if lower in lexicon.table("pronouns") and _stands_alone(reading, first, last):
        return Source(pronoun=lower, span=place)
    return replace(_read_nominal(reading, first, last), span=place)


def _trim(reading: Reading, first: int, last: int) -> tuple[int, int]:
    words = reading.words
    original = first
    while first < last and words[first].lower in lexicon.words("sources_leading"):
        first += 1
    if first == last:  # "that" or "which" alone stands for something
        return (original, last) if words[original:last] and words[original].is_word else (first, last)
    while last - 1 > first and (
        words[last - 1].lower in lexicon.words("sources_trailing") or words[last - 1].possessive
    ):
        last -= 1
    if last - first > 1 and words[last - 1].lower in {"which", "that"}:
        last -= 1
    return first, last


def _stands_alone(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a pronoun is the source, not the beginning of "his lawyer"."""
    if last == first + 1:
        return True
    word, following = reading.words[first].lower, reading.words[first + 1]
    if word in {"his", "her", "their", "its", "my", "our", "your"}:
        return following.lower in lexicon.words("sources_noun_cues") | lexicon.words("groups_week")
    return word in {"he", "she", "they", "it", "we", "i", "who"}


def _read_nominal(reading: Reading, first: int, last: int) -> Source:
    cut = next((at for at in range(first + 1, last) if _cuts(reading, at)), last)
    joined = _conjunction(reading, first, last) or _conjunction(reading, first, cut)
    if joined:
        return joined
    head = _head_name(reading, first, cut) or _head_name(reading, first, _first_adjunct(reading, first, cut))
    if head:
        phrase = read_phrase(reading, first, head.first) if head.first > first else None
        return Source(names=(head,), phrase=phrase)
    phrase = read_phrase(reading, first, last)
    renamed = _name_behind(reading, cut, last)
    if renamed and phrase and not lexicon.holds("documents", phrase.head):
        return Source(names=(renamed,), phrase=phrase)
    return Source(phrase=phrase) if phrase else _any_name(reading, first, last)


def _first_adjunct(reading: Reading, first: int, cut: int) -> int:
    """Return where "in turn" or "at the University of ..." or "and ..." begins behind a name."""
    stops = lexicon.words("prepositions") | {"and"}
    for group in find_groups(reading, first, cut):
        if group.last < cut and reading.words[group.last].lower in stops and group.named is not Named.PEOPLE:
            return group.last
    return first


def _cuts(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    if (
        word.text == ","
        and at + 1 < len(reading.words)
        and reading.words[at + 1].lower in lexicon.words("suffixes")
    ):
        return False
    return word.text in lexicon.words("sources_cuts") or word.lower in lexicon.words("relatives")


def _any_name(reading: Reading, first: int, last: int) -> Source:
    group = next(
        (group for group in find_groups(reading, first, last) if group.named is not Named.POST), None
    )
    return Source(names=(group,)) if group else Source()


def _head_name(reading: Reading, first: int, cut: int) -> Group | None:
    """Return the name that is the head of words [first, cut): at their end, and in no complement."""
    if cut <= first:
        return None
    end = cut
    while end > first and (reading.words[end - 1].possessive or not reading.words[end - 1].is_word):
        end -= 1
    if reading.words[cut - 1].text == "." and end == cut - 1 and _ends_group(reading, first, cut):
        end = cut
    groups = [group for group in find_groups(reading, first, cut) if group.last in (end, cut)]
    if not groups or groups[-1].named == Named.POST:
        return None
    group = groups[-1]
    before = {word.lower for word in reading.words[first : group.first]}
    if before & (lexicon.words("prepositions") - {"as", "called", "named"}):
        role_right_before = group.first > first and _is_role(reading.words[group.first - 1].lower)
        return group if role_right_before else None
    if (
        group.named is Named.PEOPLE
        and group.first > first
        and before & lexicon.words("partitives") - {"some", "many", "most"}
    ):
        return None
    return group


def _ends_group(reading: Reading, first: int, cut: int) -> bool:
    return any(group.last == cut for group in find_groups(reading, first, cut))


def _is_role(noun: str) -> bool:
    return any(lexicon.holds(name, noun) for name in ("people", "officials", "titles"))


def _conjunction(reading: Reading, first: int, last: int) -> Source | None:
    """Read "Ivo Marek and Ann Jones": several names that speak together."""
    at = first
    names: list[Group] = []
    while at < last:
        group = next(iter(find_groups(reading, at, last)), None)
        if (
            group is None
            or group.named in (Named.POST, Named.PEOPLE)
            or not _only_roles(reading, at, group.first)
        ):
            break
        names.append(group)
        at = group.last
        if at < last and reading.words[at].text == ",":
            at += 1
        if at < last and reading.words[at].lower in {"and", "&", "or"}:
            at += 1
        elif at < last and reading.words[at - 1].text != ",":
            break
    conjoined = any(word.lower == "and" for word in reading.words[first:last])
    return Source(names=tuple(names)) if conjoined and at >= last and len(names) > 1 else None


def _only_roles(reading: Reading, first: int, last: int) -> bool:
    return all(word.lower in {"the", "both"} or _is_role(word.lower) for word in reading.words[first:last])


def _name_behind(reading: Reading, cut: int, last: int) -> Group | None:
    """Return the person named in apposition: "the campaign's chairman, Phil Lovas,"."""
    if cut + 1 >= last or reading.words[cut].text not in {",", "—", "–", "(", ":"}:
        return None
    group = next(iter(find_groups(reading, cut + 1, last)), None)
    named = group is not None and group.named not in (Named.PEOPLE, Named.POST)
    return group if group and named and group.first == cut + 1 else None


# --- what stands around a name -----------------------------------------------------------------------------

ABBREVIATED = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "col": "colonel",
    "lt": "lieutenant", "sgt": "sergeant", "capt": "captain", "maj": "major", "adm": "admiral",
    "prof": "professor", "supt": "superintendent", "amb": "ambassador", "cmdr": "commander",
    "cpl": "corporal",    "brig": "brigadier", "rev": "reverend", "insp": "inspector", "cllr": "councillor",
}  # fmt: skip
_BACKWARDS = 8  # words before a name that may say who its bearer is
_AGE = 4


@dataclass(frozen=True, slots=True)
class Description:
    """What the words around a name say. span: those words."""

    role: str | None
    owner: Group | None
    country: str | None
    span: Span
    owner_pronoun: str | None = None


def describe(reading: Reading, group: Group) -> list[Description]:
    """Return what stands before and behind a name about its bearer."""
    found = [_before(reading, group), _behind(reading, group.last), _apposed(reading, group)]
    return [one for one in found if one is not None]


def _before(reading: Reading, group: Group) -> Description | None:
    """Read "Charlotte Mayor", "former CIA analyst", "Gov." before a name."""
    titled = group.name_first > group.first
    if not titled and (group.first == 0 or not _is_role(reading.words[group.first - 1].lower)):
        return None
    begin = _reach_back(reading, group.first)
    words = reading.words[begin : group.name_first]
    if all(word.lower in lexicon.words("honorifics") or not word.is_word for word in words):
        return None
    return _described(reading, begin, group.name_first)


def _apposed(reading: Reading, group: Group) -> Description | None:
    """Read "A spokesman for the port, Leif Brandal, ..."."""
    words = reading.words
    closed = group.last < len(words) and words[group.last].text in {",", ".", ";", ")"}
    if not closed or group.first < 2 or words[group.first - 1].text != ",":
        return None
    stop = group.first - 1
    for begin in range(stop - 1, max(stop - 12, -1), -1):
        if not words[begin].is_word and not words[begin].possessive:
            return None
        if words[begin].lower in lexicon.words("determiners"):
            found = _described(reading, begin, stop)
            if found is not None and found.span.end == words[stop - 1].end:
                return found
    return None


def _described(reading: Reading, begin: int, end: int) -> Description | None:
    stop = end - 1 if reading.words[end - 1].text == "." else end
    phrase = read_phrase(reading, begin, stop)
    if phrase is None or not (_is_role(phrase.head) or _role_inside(phrase.role)):
        return None
    return _from_phrase(reading, phrase, end)


def _role_inside(role: str | None) -> bool:
    return bool(role) and any(_is_role(word.lower()) for word in str(role).split())


def _from_phrase(reading: Reading, phrase: Phrase, end: int) -> Description:
    role = _written_out(phrase.role) if phrase.role else None
    first = reading.words[phrase.first]
    span = Span(first.start, reading.words[max(min(phrase.end, end), phrase.first + 1) - 1].end)
    return Description(role, phrase.owner, phrase.country, span, phrase.owner_pronoun)


def _written_out(role: str) -> str:
    """Write out an abbreviated title at the end: "state Sen" is a state senator."""
    before, blank, last = role.rpartition(" ")
    return f"{before}{blank}{ABBREVIATED.get(last.lower(), last)}"


def _reach_back(reading: Reading, first: int) -> int:
    """Return where the noun phrase that ends right before a name begins."""
    begin = first
    words = reading.words
    while begin > 0 and first - begin < _BACKWARDS:
        before = words[begin - 1]
        ends = not before.is_word and not before.possessive
        if ends or "\n" in reading.text[before.end : words[begin].start]:
            break
        if (
            reading.is_verb(begin - 1)
            or before.lower in lexicon.words("prepositions") | lexicon.words("determiners")
            or before.lower in lexicon.words("sources_no_modifiers")
        ):
            break
        begin -= 1
    return begin


def _behind(reading: Reading, at: int) -> Description | None:
    """Read ", an expert in the Middle East," or "of the Brookings Institution" behind a name."""
    words = reading.words
    at = _skip_bracket(reading, at)
    if at >= len(words):
        return None
    if words[at].lower in {"of", "from", "at"}:
        return _belongs(reading, at)
    if words[at].text not in {",", "—", "–", "("}:
        return None
    at = _skip_age(reading, at + 1)
    if at >= len(words):
        return None
    if words[at].lower in {"of", "from", "at", "with"}:
        return _belongs(reading, at)
    if words[at].lower == "who":
        return _does(reading, at + 1)
    end = next((to for to in range(at, min(at + 20, len(words))) if _closes(reading, to)), at)
    described = _described(reading, at, end) if end > at else None
    return described if described and not _begins_name(reading, at) else None


def _begins_name(reading: Reading, at: int) -> bool:
    """Tell whether someone else's name follows: a list of people is no apposition."""
    group = next(iter(find_groups(reading, at, min(at + 8, len(reading.words)))), None)
    return (
        group is not None
        and group.first == at
        and group.named is Named.PERSON
        and group.name_first > group.first
        and not (group.last < len(reading.words) and reading.words[group.last].possessive)
    )


def _closes(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    if word.text in {",", ";", "—", "–", ")", "“", "”", '"', ":"} or word.lower in {"who", "whose", "which"}:
        return True
    return word.text == "." and (at + 1 >= len(reading.words) or reading.words[at + 1].start > word.end)


def _skip_bracket(reading: Reading, at: int) -> int:
    words = reading.words
    if at < len(words) and words[at].text == "(":
        end = next((to for to in range(at + 1, min(at + 7, len(words))) if words[to].text == ")"), None)
        short = end is not None and end - at <= 5
        return end + 1 if short and end is not None else at
    return at


def _skip_age(reading: Reading, at: int) -> int:
    """Skip "47,": an age between the name and what follows."""
    words = reading.words
    if at + 1 < len(words) and words[at].text.isdigit() and words[at + 1].text == ",":
        return at + 2
    return at


def _belongs(reading: Reading, at: int) -> Description | None:
    """Read "of the Brookings Institution"."""
    words = reading.words
    begin = at + 1 + (at + 1 < len(words) and words[at + 1].lower == "the")
    group = next(iter(find_groups(reading, begin, min(begin + 8, len(words)))), None)
    if group is None or group.first != begin or group.named not in (Named.BODY, Named.OUTLET):
        return None
    return Description(None, group, None, Span(words[begin].start, words[group.last - 1].end))


def _does(reading: Reading, at: int) -> Description | None:
    """Read "who heads the Tromvik Institute", "who teaches at Oslo University"."""
    words = reading.words
    while at < len(words) and words[at].lower in {"now", "also", "once", "previously", "currently"}:
        at += 1
    if at + 1 >= len(words):
        return None
    role = lexicon.table("heads_verbs").get(words[at].lower)
    works = words[at].lower in lexicon.words("works_verbs")
    if role is None and not works:
        return None
    end = next((to for to in range(at + 1, min(at + 16, len(words))) if _closes(reading, to)), at + 1)
    groups = [
        group
        for group in find_groups(reading, at + 1, end)
        if group.named in (Named.BODY, Named.OUTLET, Named.PERSON)
    ]
    if not groups:
        return None
    return Description(role, groups[0], None, Span(words[at].start, words[groups[0].last - 1].end))
