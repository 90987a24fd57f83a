"""The outlets on the way to a voice: in the sentence ("told Reuters") and of the story (an agency credit)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportedly.types import Metadata, Span, Voice, VoiceKind
from reportedly.voices import lexicon
from reportedly.voices.groups import Named, find_groups, text_of
from reportedly.voices.reading import Reading

_STATE_OUTLET = re.compile(
    r"\b(?:told|on|to|with|by|in)\s+(?:the\s+)?"
    r"((?:[A-Z][\w-]+(?:'s|’s)?\s+)?state(?:-run)? (?:TV|television|radio|media|news agency))\b"
)
_CREDITS = re.compile(
    r"(?:^|\n)[\W_]*(?:(?:This|The) (?:article|story|post|piece|report|interview|commentary)\b"
    r"[^.\n]{0,40}?(?:first|originally) (?:appeared|published|ran|posted)(?: (?:in|on|at|by))?"
    r"|(?:Originally|First) (?:published|appeared) (?:in|on|at|by)"
    r"|(?:Rep|P)(?:ublished|osted|rinted) (?:with permission )?(?:from|of)"
    r"|(?:Source|Via|Courtesy of)\s*:)\s*(?:the\s+)?"
    r"(?P<name>[A-Z@][^\n.,;()|]{1,48}?)(?=\s+(?:on|in|under|and|at|by)\b|[\n.,;()|]|$)"
)
_AGENCY_CREDIT = re.compile(r"\((?P<name>[A-Z][\w/ ]{1,24})\)")
_OWN_CREDIT = re.compile(r"(?:^|\n)[^\n]{0,40}\((?P<name>[A-Z][\w ]{1,24})\)\s*[-–—]")


def of_story(reading: Reading, metadata: Metadata) -> tuple[Voice, ...]:
    """Return the outlets that a whole story went through, outermost first: whose text, then the agency."""
    names: list[tuple[str, Span | None]] = [
        (found["name"].strip(), Span(*found.span("name"))) for found in _CREDITS.finditer(reading.text)
    ]
    if metadata.byline and _is_outlet(metadata.byline):
        names.append((_without_by(metadata.byline), None))
    if metadata.agency:
        names.append((metadata.agency, None))
    opening = _OWN_CREDIT.match(reading.text)
    if opening and _full(opening["name"]) in lexicon.words("agencies"):
        names.append((opening["name"], Span(*opening.span("name"))))
    return _unique(names, metadata.outlet)


def _without_by(byline: str) -> str:
    return re.sub(r"^by\s+", "", byline.strip(), flags=re.IGNORECASE)


def _is_outlet(name: str) -> bool:
    bare = _without_by(name)
    if bare in lexicon.words("known_outlets"):
        return True
    words = bare.split()
    return (
        len(words) > 1
        and words[-1] in lexicon.words("outlet_words")
        and words[0].lower() not in lexicon.first_names()
    )


def _full(name: str) -> str:
    return re.sub(r"^The\s+", "", " ".join(name.split()))


def _unique(names: Sequence[tuple[str, Span | None]], own: str | None) -> tuple[Voice, ...]:
    seen = {_full(own).casefold()} if own else set()
    kept: list[Voice] = []
    for name, span in names:
        folded = _full(name).casefold()
        if folded not in seen:
            seen.add(folded)
            kept.append(Voice(_full(name), VoiceKind.OUTLET, evidence=(span,) if span else ()))
    return tuple(kept)


def of_sentence(
    reading: Reading, here: Span, source: Span | None, inside: Sequence[Span], own: str | None
) -> tuple[Voice, ...]:
    """Return the outlets on the way that the words around a cue name.

    here: the words to look through. inside: the content, whose outlets are the voice's affair.
    """
    first, last = reading.between(here.start, here.end)
    taken = [*inside, *([source] if source else [])]
    names: list[tuple[str, Span | None]] = []
    lower = {word.lower for word in reading.words[first:last] if not _within(word.start, inside)}
    if lower & lexicon.words("relays_triggers"):
        names += _led_to(reading, first, last, taken)
    for found in _STATE_OUTLET.finditer(reading.text, here.start, here.end):
        if not _within(found.start(1), taken):
            names.append((found[1], Span(*found.span(1))))
    for found in _AGENCY_CREDIT.finditer(reading.text, here.start, here.end):
        if found["name"].strip() in lexicon.words("agencies"):
            names.append((found["name"].strip(), Span(*found.span("name"))))
    return _unique(names, own)


def _led_to(
    reading: Reading, first: int, last: int, taken: Sequence[Span]
) -> Iterator[tuple[str, Span | None]]:
    words = reading.words
    for group in find_groups(reading, first, last):
        if group.named is not Named.OUTLET:
            continue
        if _within(words[group.first].start, taken) and not _obtained(reading, group.first):
            continue
        before = group.first - 1
        while before > first and (
            words[before].lower in lexicon.words("relays_between") or words[before].possessive
        ):
            before -= 1
        led = before >= first and words[before].lower in lexicon.words("relays_leads_to")
        follows = group.last < last and words[group.last].lower in lexicon.words("relays_follows")
        if led or follows:
            span = Span(words[group.first].start, words[group.last - 1].end)
            yield text_of(reading, group.first, group.last), span


def _obtained(reading: Reading, first: int) -> bool:
    """Read "documents seen by Reuters", which stands inside a source."""
    before = [
        word.lower
        for word in reading.words[max(first - 3, 0) : first]
        if word.lower not in lexicon.words("relays_between")
    ]
    if before[-1:] in (["in"], ["with"], ["on"], ["for"]):
        return bool(set(before) & lexicon.words("relays_pieces"))
    return before[-1:] == ["by"] and bool(
        set(before) & {"seen", "obtained", "reviewed", "published", "interviewed"}
    )


def _within(offset: int, spans: Sequence[Span]) -> bool:
    return any(span.start <= offset < span.end for span in spans)
