"""Datelines: "LONDON, 5 March (Agency) -", "KABUL, Afghanistan —", "Beirut: " at the head of a
story's text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from reportedly.page.dates import Dated, calendar_words, find_dates, plain
from reportedly.page.lexicon import alternatives, cased, words
from reportedly.page.names import is_outlet_like

LONGEST = 130  # characters from the start of the text to the dash


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says: ``text[start:end]`` is the whole of it with its dash.

    lead: what stands before the place in the same stretch ("Outlet" of "Outlet London, 5 Mar -"), "" mostly.
    """

    start: int
    end: int
    place: str | None = None
    agency: str | None = None
    outlet: str | None = None
    dated: Dated | None = None
    place_start: int = 0


_UPPER = r"[A-ZÀ-ÖØ-ÞĀĆČĎĐĒĞİŁŃŇŐŘŚŞŠŤŪŮŹŽА-ЯЁҐЄІЇΑ-Ω]"
_CAPITALS = rf"{_UPPER}[{_UPPER[1:-1]}.’'-]+(?:\s(?:{_UPPER}[{_UPPER[1:-1]}.’'-]+|DE|OF|AL))*"
_TITLED = rf"{_UPPER}[\w.’'-]+(?:\s{_UPPER}[\w.’'-]+){{0,3}}"
_ARABIC = "[\u0620-\u06ff]+(?:\\s[\u0620-\u06ff]+){0,2}"
_REGION = rf",\s(?:{_UPPER}[\w.’'-]*)(?:\s{_UPPER}[\w.’'-]*){{0,2}}"
_DASH = r"(?:\s?[—–]|\s?--|\s-|-(?=\s)|\s_|:|،|(?<=[)\]])\.\s?-?(?=\s))"


@cache
def _grammar() -> re.Pattern[str]:
    months = "|".join(
        re.escape(plain(name)) + r"\.?"
        for calendar in ("gregorian", "jalali", "hijri")
        for names in calendar_words()[calendar].values()
        for variants in names
        for name in sorted(variants, key=len, reverse=True)
    )
    weekdays = "|".join(
        re.escape(plain(n)) for names in calendar_words()["weekdays"].values() for n in names if len(n) > 2
    )
    day = (
        rf"(?i:(?:(?:{weekdays})[,،]?\s*)?(?:le\s+|el\s+|den\s+)?(?:\d{{1,2}}(?:er|st|nd|rd|th|"
        rf"\.)?\s*(?:de\s+)?(?:{months})|(?:{months})\s*\d{{1,2}})(?:,?\s*(?:de\s+)?\d{{4}})?|"
        rf"(?:{weekdays}))"
    )
    place = (
        rf"(?:(?i:{alternatives('cities')})(?!\w)|{_CAPITALS}|{_TITLED}(?=[^()]{{0,30}}\(|,"
        rf"\s*{day}\s*[-–—])|{_ARABIC}(?=\s?\())(?:{_REGION}|/(?:{_UPPER}[\w.]*))?"
    )
    agency = r"\(\s?(?P<agency>[^()]{2,40}?)\s?\)|\[\s?(?P<agency2>[^\[\]]{2,40}?)\s?\]"
    return re.compile(
        rf"(?P<place>{place})?(?:\s?[,،]?\s*(?P<date>{day}))?\s?[,"
        rf"،]?\s*(?:(?P<date0>/{day}/)\s*)?(?:{agency})?(?:\s?[,"
        rf"،]?\s*(?P<date2>{day}))?\s*(?P<dash>{_DASH})\s*(?:\((?P<agency3>[^()]{{2,30}})\)\s?[-–—:]\s*)?"
    )


def find_dateline(text: str, start: int, outlets: frozenset[str] = frozenset()) -> Dateline | None:
    """Return the dateline that ``text`` begins with at ``start``; ``outlets`` are known names of outlets,
    lower-cased.
    """
    window = plain(text[start : start + LONGEST])
    match = _grammar().match(window)
    found = _read(text, start, match) if match and match.end() < len(window) else None
    return found or _outlet_line(text, start, window, outlets)


def _read(text: str, start: int, match: re.Match[str]) -> Dateline | None:
    place = match["place"]
    agency = _original(text, start, match, ("agency", "agency2", "agency3"))
    date = match["date"] or match["date2"] or match["date0"]
    if place is None and not (agency and _is_agency(agency)):
        return None
    if place is not None and not _credible(place, agency, date, match["dash"]):
        return None
    dated = next(find_dates(date), None) if date else None
    end = start + match.end()
    signed = re.compile(rf"({alternatives('agencies')})\s?[:\-–—]\s", re.IGNORECASE).match(text, end)
    if agency is None and signed:
        agency, end = signed[1], signed.end()
    named = text[start + match.start("place") : start + match.end("place")] if place else None
    return Dateline(start, end, named, agency, None, dated, start)


def _original(text: str, start: int, match: re.Match[str], groups: tuple[str, ...]) -> str | None:
    for group in groups:
        if match[group]:
            return text[start + match.start(group) : start + match.end(group)]
    return None


def _is_agency(name: str) -> bool:
    if name.lower() in words("agencies") or name.lower() in words("outlets") or name.isupper():
        return True
    short = name.isascii() and name.isalpha() and name.islower() and len(name) <= 4  # "dpa", as some sign
    return short or is_caseless(name) or any(word in cased("outlet_words") for word in name.split())


def is_caseless(name: str) -> bool:
    """Whether a name is of a script without capitals, and short enough for one."""
    first = name[0]
    return not (first.isascii() or first.isupper() or first.islower()) and len(name.split()) <= 4


def _credible(place: str, agency: str | None, date: str | None, dash: str) -> bool:
    """Whether a place in a dateline's position is one: a dash after capitals alone is not enough for an
    acronym.
    """
    head = place.split(",", maxsplit=1)[0]
    if head.lower() in words("not_places") or place.lower() in words("not_places"):
        return False
    known = head.lower() in words("cities")
    if date and not known and not head.isupper() and _hides_a_name(head):
        return False
    if agency and not (known or head.isupper()):
        return _is_agency(agency)
    if agency or (date and dash != "،"):
        return True
    if dash in {":", "،"}:
        return known
    return (
        known
        or "," in place
        or (len(head) >= 5 and len(head.split()) <= 4 and head.lower() not in words("outlets"))
    )


def _hides_a_name(head: str) -> bool:
    """Whether an outlet's name stands before the place in one stretch: "Iran Focus London", "Evening Post
    Lornstad".
    """
    tokens = head.split()
    ends = (" ".join(tokens[i:]).lower() for i in range(1, len(tokens)))
    return any(token in cased("outlet_words") for token in tokens[:-1]) or any(
        end in words("cities") for end in ends
    )


def find_place(text: str, start: int, places: Collection[str]) -> Dateline | None:
    """Return the dateline "Port Cobb - " at ``start`` if its place is one of ``places``, in lower case."""
    match = re.compile(r"(?P<place>[^\W\d_][^-–—,;:.!?\n]{1,30}?)\s?[-–—]{1,2}\s+(?=\S)").match(text, start)
    if match is None or match["place"].lower() not in places:
        return None
    return Dateline(start, match.end(), match["place"], place_start=start)


def _outlet_line(text: str, start: int, window: str, outlets: frozenset[str]) -> Dateline | None:
    """Read "NCRI - When ..." and "Iran Focus: London, 5 Mar - ...": the outlet signs in the
    dateline's place.
    """
    placed = re.match(rf"(?P<place>{_ARABIC})\s?[-–—/،:]\s?(?P<outlet>{_ARABIC})\s?[-–—/:]\s", window)
    if placed and is_outlet_like(placed["outlet"].strip()):
        place, outlet = (text[start + left : start + right].strip() for left, right in placed.regs[1:])
        return Dateline(start, start + placed.end(), place, None, outlet, None, start)
    match = re.match(
        rf"(?P<name>{_UPPER}[\w.&’'/]*(?:\s{_UPPER}[\w.&’'/]*){{0,3}})\s?(?:[-–—]{{1,2}}|:)\s+(?=\S)", window
    )
    if match is None:
        return None
    name = match["name"]
    signed = name.lower() in outlets or name.lower() in words("outlets") or name.lower() in words("agencies")
    acronym = name.isupper() and 3 <= len(name) <= 6 and name.isalpha() and ":" not in match[0]
    if not (signed or acronym) or name.lower() in words("not_places"):
        return None
    inner = find_dateline(text, start + match.end()) if signed else None
    agency = name if name.lower() in words("agencies") else None
    if inner is not None:
        return Dateline(
            start, inner.end, inner.place, inner.agency or agency, name, inner.dated, inner.place_start
        )
    return Dateline(start, start + match.end(), None, agency, name, None, start)


def dateline_after_lead(text: str, start: int, limit: int = 60) -> Dateline | None:
    """Return the dateline within ``limit`` characters whose lead is a name: "Iran Focus London, 26 Oct -
    ...".
    """
    lead = re.match(rf"(?:{_UPPER}[\w.&’'-]*\s){{1,4}}", text[start : start + limit])
    if lead is None:
        return None
    places = [gap.end() for gap in re.finditer(r"\s", lead[0])]
    for at in places:
        found = find_dateline(text, start + at)
        if found is not None and found.place is not None:
            return found
    return None
