"""Dates as headers of news state them: found with their place, never guessed, never from the wall clock.

Gregorian, Jalali (solar Hijri) and Hijri (lunar) dates, in Western, Persian and Arabic digits, with month
names
from ``calendar.yaml``. A numeric date whose day and month cannot be told apart (03/05/2018) stays undecided
(`Dated.order_open`) until the page gives evidence (`decide_order`). "2 hours ago" is no date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any, Literal

from reportedly.page.lexicon import load_words
from reportedly.types import Precision, PublishedDate

Order = Literal["dmy", "mdy"]
Calendar = Literal["gregorian", "jalali", "hijri"]

FIRST_YEAR, LAST_YEAR = 1700, 2100
# A bare year below this is taken as solar Hijri in numeric dates (1410 is 2031), one above it as lunar (1411
# is
# 1990): the two calendars' plausible years for news on the web do not overlap otherwise.
LAST_JALALI_YEAR = 1410
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يىك\u00a0\u202f\u2009\u2011", "01234567890123456789ییک   -")
_ZONES = {
    "z": 0,
    "gmt": 0,
    "utc": 0,
    "bst": 60,
    "cet": 60,
    "cest": 120,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
    "msk": 180,
}


@dataclass(frozen=True, slots=True)
class Dated:
    """One date found at ``text[start:end]``, its weekday and time of day taken in.

    month, day: None where the text does not state them. hour, minute, second: None without a time of day.
    offset: minutes east of UTC where the text states a zone, else None.
    order_open: day and month could be the other way round, and nothing in the date itself decides.
    separator: the sign between the parts of a numeric date, "" for one with a month name.
    month_first: a numeric date with the year last names its month before its day.
    year_last: a numeric date of the form 24/02/2018.
    """

    start: int
    end: int
    year: int
    month: int | None = None
    day: int | None = None
    calendar: Calendar = "gregorian"
    clock: tuple[int, int, int] | None = None
    offset: int | None = None
    order_open: bool = False
    separator: str = ""
    month_first: bool = False
    year_last: bool = False


def plain(text: str) -> str:
    """Return ``text`` with Western digits, one form of yeh and kaf and plain blanks; lengths stay equal."""
    return text.translate(_DIGITS)


def calendar_words() -> Mapping[str, Any]:
    """Return the month and weekday names of ``calendar.yaml``."""
    return _words()


@cache
def weekdays() -> frozenset[str]:
    """Return the names of weekdays in lower case, those too short to be told from other words left out."""
    return frozenset(
        str(name).lower() for names in _words()["weekdays"].values() for name in names if len(name) > 3
    )


@cache
def _words() -> Mapping[str, Any]:
    return load_words("calendar.yaml")


@cache
def _months() -> Mapping[str, tuple[Calendar, int]]:
    """Map each month name, as `_key` writes it, to its calendar and number; the first calendar that has it
    wins.
    """
    months: dict[str, tuple[Calendar, int]] = {}
    calendars: tuple[Calendar, ...] = ("gregorian", "jalali", "hijri")
    for calendar in calendars:
        for names in _words()[calendar].values():
            for number, variants in enumerate(names, start=1):
                for name in variants:
                    months.setdefault(_key(name), (calendar, number))
    return months


def _key(name: str) -> str:
    return re.sub(r"[\s.]+", " ", plain(name).lower().replace("’", "'")).strip()


def _alternatives(names: Iterable[str]) -> str:
    ordered = sorted({plain(name) for name in names}, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]") for name in ordered)


@cache
def _pattern() -> re.Pattern[str]:
    """Compile the whole grammar: named groups tell which form matched."""
    month_names = [
        name
        for calendar in ("gregorian", "jalali", "hijri")
        for names in _words()[calendar].values()
        for variants in names
        for name in variants
    ]
    weekdays = [name for names in _words()["weekdays"].values() for name in names]
    month = rf"(?:{_alternatives(month_names)})(?![^\W\d_])"
    weekday = (
        rf"(?:(?<![^\W\d_])(?:{_alternatives(weekdays)})(?![^\W\d_])\.?\s?[,،]?\s*(?:(?:den|le|the|"
        rf"el|مورخ)\s+)?)"
    )
    zone = r"(?:\s?(?P<zone{n}>Z|UTC|GMT|[BCEMP][SDE]S?T|MSK|(?:(?:GMT|UTC)\s?)?[+-]\d\d:?\d\d)(?![^\W\d_]))?"
    clock = (
        r"(?P<hour{n}>[01]?\d|2[0-3])\s?(?P<colon{n}>[:.h])\s?(?P<minute{n}>[0-5]\d)"
        r"(?:[:.](?P<second{n}>[0-5]\d)(?:\.\d+)?)?(?!\d)(?:\s?(?P<half{n}>[ap]\.?m\b\.?))?" + zone
    )
    year = r"(?P<y{n}>1[2-9]\d\d|20\d\d)(?!\d)"
    ordinal = r"(?:st|nd|rd|th|er|re|º|ª|\.)?"
    joint = r"(?:\s*[-/.,،]\s*|\s+(?:of|de|del|di)\s+|\s+|(?<=[.ºª]))"
    forms = (
        rf"(?P<d1>[0-3]?\d){ordinal}{joint}(?P<m1>{month})(?:\s?/\s?(?:{month}))?\.?{joint}{year}",
        rf"(?P<m2>{month})\.?\s*-?(?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\s*[,،]?\s?(?:-|de\s)?\s*{year}",
        r"(?P<y{n}>1[2-9]\d\d|20\d\d)(?P<s3>[-/.])(?P<m3>[01]?\d)(?P=s3)(?P<d3>[0-3]?\d)(?!\d)",
        (
            r"(?P<d4>[0-3]?\d)(?P<s4>\s?[-/.]\s?)(?P<m4>[0-3]?\d)(?P=s4)(?P<y{n}>1[2-9]\d\d|20\d\d|"
            r"\d\d)(?!\d)(?![-/.]\d)"
        ),
        rf"(?P<m5>{month})\.?\s+(?P<d5>[0-3]?\d)\s+" + clock.replace("{n}", "6") + rf"\s+{year}",
        r"(?P<y{n}>20\d\d)\s?年\s?(?P<m6>[01]?\d)\s?月\s?(?P<d6>[0-3]?\d)\s?日",
        r"(?P<y{n}>19\d\d|20\d\d)(?P<m8>0\d|1[0-2])(?P<d8>[0-2]\d|3[01])(?=T\d|\b)",
        rf"(?P<m7>{month})\.?,?\s*(?:de\s+|del\s+|of\s+)?{year}",
    )
    numbered = "|".join(form.replace("{n}", str(10 + i)) for i, form in enumerate(forms))
    before = rf"(?:(?<!\d){clock.replace('{n}', '0')}\s*[,،|–-]?\s*(?:on\s+)?)?"
    after = (
        r"(?:\s*[,،|•·–-]?\s*T?\s*(?:(?:at|um|à|a las|as|às|ساعت|الساعة|،)\s*)?"
        + clock.replace("{n}", "1")
        + r"(?:\s?Uhr\b)?)?"
    )
    return re.compile(rf"(?<![\d.,/:-]){before}{weekday}?(?<!\d)(?:{numbered}){after}", re.IGNORECASE)


@cache
def _hint() -> re.Pattern[str]:
    return re.compile(r"\d{4}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d\d")


def find_dates(text: str) -> Iterator[Dated]:
    """Yield the dates that ``text`` states with a year, in order; impossible ones (31 February) are
    left out.
    """
    smooth = plain(text)
    if not _hint().search(smooth):
        return
    for match in _pattern().finditer(smooth):
        found = _read(match)
        if found is not None:
            yield found


def match_date(text: str, start: int) -> Dated | None:
    """Return the date that begins exactly at ``start``, None if none does."""
    smooth = plain(text[start : start + 120])
    match = _pattern().match(smooth)
    found = _read(match) if match else None
    if found is None:
        return None
    return replace(found, start=start + found.start, end=start + found.end)


def _read(match: re.Match[str]) -> Dated | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    year = next(value for name, value in groups.items() if re.fullmatch(r"y1\d", name))
    form = next(name[1] for name in groups if re.fullmatch(r"m[1-8]", name))
    clock, offset = _clock(groups)
    base = Dated(match.start(), match.end(), int(year), clock=clock, offset=offset)
    month, day = groups[f"m{form}"], groups.get(f"d{form}")
    if month.isdigit():
        numeric = replace(
            base, month=int(month), day=int(day or 0), separator=groups.get(f"s{form}", "").strip()
        )
        return _day_first(numeric, len(year)) if form == "4" else _valid(_with_calendar(numeric))
    calendar, number = _months()[_key(month)]
    return _valid(replace(base, calendar=calendar, month=number, day=int(day) if day else None))


def _with_calendar(found: Dated) -> Dated:
    if found.year >= 1600:
        return found
    return replace(found, calendar="jalali" if found.year <= LAST_JALALI_YEAR else "hijri")


def _day_first(found: Dated, year_digits: int) -> Dated | None:
    """Settle a numeric date with the year last: points mean day first, other signs only what the numbers
    allow.
    """
    if year_digits == 2:
        if found.separator not in {".", "/"}:
            return None
        found = replace(found, year=found.year + 2000)
    found = replace(_with_calendar(found), year_last=found.separator != ".")
    first, second = found.day or 0, found.month or 0
    if found.separator == "." or found.calendar != "gregorian" or first > 12 or first == second:
        return _valid(found)
    if second > 12:
        return _valid(replace(found, month=first, day=second, month_first=True))
    return _valid(replace(found, order_open=True))


def _valid(found: Dated) -> Dated | None:
    moment = gregorian(found)
    if moment is None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return found


def gregorian(found: Dated) -> datetime.date | None:
    """Return the Gregorian day of ``found`` (the first of the month or year where it states less), None if
    impossible.
    """
    month, day = found.month or 1, found.day or 1
    try:
        if found.calendar == "gregorian":
            return datetime.date(found.year, month, day)
        if found.calendar == "jalali":
            return _from_jalali(found.year, month, day)
        return _from_hijri(found.year, month, day)
    except (ValueError, OverflowError, IndexError):
        return None


def _from_jalali(year: int, month: int, day: int) -> datetime.date:
    persian = import_module("convertdate.persian")
    if not (1 <= month <= 12 and 1 <= day <= persian.month_length(year, month)):
        raise ValueError
    return datetime.date(*persian.to_gregorian(year, month, day))


def _from_hijri(year: int, month: int, day: int) -> datetime.date:
    """Convert by the Umm al-Qura tables; sightings elsewhere may differ by a day."""
    day_of = import_module("hijridate").Hijri(year, month, day)
    return datetime.date(*day_of.to_gregorian().datetuple())


def _clock(groups: Mapping[str, str]) -> tuple[tuple[int, int, int] | None, int | None]:
    for n in ("0", "1", "6"):
        if f"hour{n}" not in groups:
            continue
        hour, minute, second = (int(groups.get(f"{unit}{n}", "0")) for unit in ("hour", "minute", "second"))
        half = groups.get(f"half{n}", "").lower()
        if half.startswith("p") and hour < 12:
            hour += 12
        elif half.startswith("a") and hour == 12:
            hour = 0
        return (hour, minute, second), _offset(groups.get(f"zone{n}"))
    return None, None


def _offset(zone: str | None) -> int | None:
    if zone is None:
        return None
    numeric = re.search(r"([+-])(\d\d):?(\d\d)", zone)
    if numeric:
        minutes = int(numeric[2]) * 60 + int(numeric[3])
        return -minutes if numeric[1] == "-" else minutes
    return _ZONES.get(zone.lower())


def decide_order(found: Dated, order: Order | None) -> Dated | None:
    """Return ``found`` with its open order settled, None where it stays open and ``order`` is None."""
    if not found.order_open:
        return found
    if order is None:
        return None
    if order == "dmy":
        return replace(found, order_open=False)
    return replace(found, month=found.day, day=found.month, order_open=False, month_first=True)


def order_evidence(dates: Iterable[Dated]) -> Order | None:
    """Return the order of day and month that the numeric dates of one page show, None if none or both do."""
    seen: set[Order] = set()
    for found in dates:
        if (
            found.year_last
            and not found.order_open
            and found.calendar == "gregorian"
            and (found.day or 0) > 12
        ):
            seen.add("mdy" if found.month_first else "dmy")
    return seen.pop() if len(seen) == 1 else None


def published(found: Dated, origin: str = "text") -> PublishedDate | None:
    """Return ``found`` as a published date; None for an impossible date or one whose order is open."""
    moment = gregorian(found)
    if moment is None or found.order_open:
        return None
    if found.day is None:
        return _month(found, moment, origin)
    if found.clock is None:
        return PublishedDate(moment.isoformat(), Precision.DAY, origin=origin)
    return PublishedDate(moment.isoformat(), Precision.MINUTE, _timestamp(moment, found), origin)


def _month(found: Dated, moment: datetime.date, origin: str) -> PublishedDate | None:
    """A month of another calendar spans two of ours: then at most the year is certain."""
    if found.calendar == "gregorian":
        return PublishedDate(f"{moment:%Y-%m}", Precision.MONTH, origin=origin)
    if (moment + datetime.timedelta(days=30)).year != moment.year:
        return None
    return PublishedDate(f"{moment.year:04}", Precision.YEAR, origin=origin)


def _timestamp(moment: datetime.date, found: Dated) -> str:
    clock = datetime.time(*(found.clock or (0, 0, 0)))
    zone = None if found.offset is None else datetime.timezone(datetime.timedelta(minutes=found.offset))
    stamp = datetime.datetime.combine(moment, clock, zone)
    return stamp.isoformat(timespec="seconds" if clock.second else "minutes")


def parse_date(text: str, origin: str = "text", order: Order | None = None) -> PublishedDate | None:
    """Return the date that ``text`` is, labels such as "Published:" aside, None if it is anything else.

    Also reads a bare month with a year and a bare year; an undecided order gives None.
    """
    stripped = text.strip()
    year = re.fullmatch(r"1[7-9]\d\d|20\d\d", plain(stripped))
    if year:
        return PublishedDate(year[0], Precision.YEAR, origin=origin)
    month = re.fullmatch(r"(1[7-9]\d\d|20\d\d)-(0[1-9]|1[0-2])", plain(stripped))
    if month:
        return PublishedDate(month[0], Precision.MONTH, origin=origin)
    found = next(find_dates(stripped), None)
    if found is None or len(stripped) - (found.end - found.start) > 40:
        return None
    decided = decide_order(found, order)
    return None if decided is None else published(decided, origin)
