"""Which statement of the corpus a cited outlet's name leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportedly.corpus.derivations.days import days_after
from reportedly.corpus.derivations.identity import compare
from reportedly.corpus.derivations.lexicon import lexicon, words
from reportedly.corpus.derivations.sentences import sentence
from reportedly.corpus.derivations.standing import Cited, Reader, Sort, Standing, name_tokens
from reportedly.types.claims import Derivation, How, StoryRow
from reportedly.types.text import Span

LATE = 3
"""Days after the citing story at which the cited outlet's story may be dated and still be meant."""
NEAR = 4
"""Words before or after an outlet's name among which one must tell that words were had from it."""
SCANNED = 500
"""Most outlets whose names are looked for in one text."""


_LONGER = re.compile(r"\w|[ -](?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z]\w")
"""What follows a name that is part of a longer one."""


@dataclass(frozen=True, slots=True)
class Houses:
    """The outlets of one claim: their statements and names, by what stands for the outlet."""

    members: Mapping[str, Sequence[Standing]]
    names: Mapping[str, tuple[str, frozenset[str]]]


def houses(reader: Reader, members: Iterable[Standing]) -> Houses:
    """Return the outlets of a claim's statements."""
    by_house: dict[str, list[Standing]] = {}
    names: dict[str, tuple[str, frozenset[str]]] = {}
    for one in members:
        house = reader.house(one.story.id)
        if house is not None:
            by_house.setdefault(house, []).append(one)
            name = one.story.outlet or house
            names.setdefault(house, (name, name_tokens(name)))
    return Houses(by_house, names)


def cites(one: Standing, known: Houses, reader: Reader) -> Iterator[Derivation]:
    """Yield on which statements of the claim one rests because it cites their outlet."""
    own = reader.house(one.story.id)
    seen = set()
    for cited in one.cited:
        house = _house_of(cited, known)
        if house is not None and house != own and house not in seen:
            seen.add(house)
            yield from _resting(one, known.members[house], one.evidence or cited.name)
    if seen or len(known.names) > SCANNED:
        return
    around = sentence(one.story.text, one.statement.spans)
    for house, evidence in _credited(around, known):
        if house != own:
            yield from _resting(one, known.members[house], evidence)


def story_cites(one: Standing, known: Houses, reader: Reader) -> Derivation | None:
    """Return on which statement one rests because its story credits that outlet elsewhere in its text."""
    if len(known.names) > SCANNED:
        return None
    own = reader.house(one.story.id)
    for house, evidence in _credited(one.story.text, known):
        if house != own:
            return next(_resting(one, known.members[house], evidence), None)
    return None


def outside(one: Standing, agencies: bool = True) -> Iterator[Derivation]:
    """Yield on which outlets one rests whose words the corpus does not have: of a chain, on all."""
    for cited in one.cited:
        wire = bool(one.story.agency) and cited.tokens == name_tokens(one.story.agency or "")
        if agencies or not wire:
            how = How.WIRE if wire else How.CITES
            evidence = (one.story.agency or "") if wire else (one.evidence or cited.name)
            yield Derivation(one.statement.id, None, how, True, True, evidence, cited.name)
    agency = one.story.agency
    if agency and one.story.outlet and name_tokens(agency) <= name_tokens(one.story.outlet):
        return
    if agency and not one.cited and not one.voiced:
        yield Derivation(one.statement.id, None, How.WIRE, True, True, agency, agency)


def _house_of(cited: Cited, known: Houses) -> str | None:
    """Return which outlet of a claim is meant: by id, by name, by the only name that it can be part of."""
    if cited.id is not None and cited.id in known.members:
        return cited.id
    for house, (_, tokens) in known.names.items():
        if tokens == cited.tokens:
            return house
    if cited.id is not None:
        return None
    close = [
        house
        for house, (_, tokens) in known.names.items()
        if tokens <= cited.tokens or cited.tokens <= tokens
    ]
    return close[0] if len(close) == 1 else None


def _resting(one: Standing, theirs: Sequence[Standing], evidence: str) -> Iterator[Derivation]:
    """Yield the derivation from the best statement of a cited outlet, if any of them can be the one."""
    fits = [other for other in theirs if _in_time(other.story, one.story) and not _apart(one, other)]
    if fits:
        best = max(fits, key=lambda other: _fit(one, other))
        yield Derivation(one.statement.id, best.statement.id, How.CITES, True, True, evidence)


def _apart(one: Standing, other: Standing) -> bool:
    """Whether the one who cites has it from a named person and the cited outlet from another."""
    named = one.sort is Sort.PERSON and other.sort is Sort.PERSON
    return named and compare(one, other) is None


def _fit(one: Standing, other: Standing) -> tuple[bool, bool, str]:
    """Rank statements of a cited outlet: not after, of the same source, of somebody, and the latest."""
    published = other.story.published or ""
    late = bool(one.story.published) and published > (one.story.published or "")
    same = one.voiced and compare(one, other) is not None
    return not late, same or other.voiced, published if not late else ""


def _in_time(cited: StoryRow, citing: StoryRow) -> bool:
    """Whether a story can be meant by one that cites its outlet: not dated much later."""
    after = days_after(cited, citing)
    return after is None or after <= LATE


def _credited(text: str, known: Houses) -> Iterator[tuple[str, str]]:
    """Yield the outlets of a claim that a text gives as its source, with the words."""
    folded = text.casefold()
    for house, (name, _) in known.names.items():
        bare = name.casefold().removeprefix("the ")
        at = folded.find(bare) if len(bare) > 2 else -1
        while at >= 0:
            evidence = _credit(text, Span(at, at + len(bare)))
            if evidence:
                yield house, evidence
                break
            at = folded.find(bare, at + len(bare))


def _credit(text: str, place: Span) -> str | None:
    """Return the words around an outlet's name if they make it a source, None if they do not."""
    before = text[max(0, place.start - 60) : place.start]
    after = text[place.end : place.end + 60]
    near = set(words(before)[-NEAR:]) | set(words(after)[:NEAR])
    if not near & lexicon().crediting or not text[place.start].isupper() or _LONGER.match(after):
        return None
    if before[-1:].isalnum():
        return None
    return " ".join((*before.split()[-NEAR:], text[place.start : place.end], *after.split()[:NEAR]))
