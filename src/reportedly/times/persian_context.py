"""Tests that the Persian grammar names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from reportedly.times.scan import Check, Piece, Taken, glued

Lists = Mapping[str, frozenset[str]]


def persian_checks(lists: Lists) -> Mapping[str, Check]:
    """Return the tests of the Persian grammar by name."""
    return {
        "persian_date": partial(_date, lists),
        "persian_month": partial(_unnamed, lists),
        "persian_numeric": _numeric,
        "persian_year": _year,
        "persian_years": _years,
        "persian_decade": _decade,
        "persian_weekday": _weekday,
        "shift_persian": _shift,
        "rolling_persian": _rolling,
        "persian_clock": _clock,
        "clock_persian": _clock,
        "half_persian": _half,
    }


def _unnamed(lists: Lists, taken: Taken) -> bool:
    """A square or a hospital may be named after a date."""
    near = taken.pieces[max(taken.first - 2, 0) : taken.first]
    return not any(piece.text in lists["names_before"] for piece in near)


def _date(lists: Lists, taken: Taken) -> bool:
    """A day in words before a month that is also a word needs a year: "one arrow"."""
    own = taken.own
    if own[0].value in ("HOUR", "WEEK", "YEAR", "DECADE"):
        return False
    digits = [piece for piece in own if piece.text.isdecimal()]
    if len(digits) > 1 and len(digits[-1].text) == 3:
        return False
    doubtful = any(piece.text in lists["words_too"] for piece in own)
    spelled = any(
        isinstance(p.value, int) and not p.text.isdecimal() and not p.text.endswith("م") for p in own
    )
    return _unnamed(lists, taken) and not (doubtful and spelled and not digits)


def _numeric(taken: Taken) -> bool:
    numbers = [piece for piece in taken.own if piece.text.isdecimal()]
    begin, end = numbers[0], numbers[2]
    sized = all(len(piece.text) in (1, 2, 4) for piece in numbers)
    return sized and (begin.value > 31 or end.value > 31) and not glued(taken)


def _plausible(piece: Piece) -> bool:
    return not piece.text.isdecimal() or len(piece.text) == 4 or 32 <= piece.value <= 99


def _year(taken: Taken) -> bool:
    """The year 92 or 1392: two digits from 32 on."""
    unit = taken.head.value
    named = unit in ("YEAR", None) or str(unit).startswith("js")
    return named and all(map(_plausible, taken.own))


def _years(taken: Taken) -> bool:
    """The years 89 to 94; without the word both need four digits."""
    numbers = [piece for piece in taken.own if piece.text.isdecimal()]
    named = taken.head.value == "YEAR"
    plain = all(len(piece.text) == 4 for piece in numbers)
    return (plain or (named and all(map(_plausible, numbers)))) and not glued(taken)


def _decade(taken: Taken) -> bool:
    number = taken.own[1].value
    return taken.head.value == "DECADE" and isinstance(number, int) and number % 10 == 0


def _weekday(taken: Taken) -> bool:
    return taken.head.value == "DAY" or isinstance(taken.head.value, int)


def _shift(taken: Taken) -> bool:
    return all(piece.value != "HOUR" for piece in taken.own)


def _rolling(taken: Taken) -> bool:
    return taken.tail.text in ("گذشته", "آینده", "آتی", "اخیر")


def _clock(taken: Taken) -> bool:
    """The word for hour also means clock; 25:00 is no time."""
    numbers = [piece.value for piece in taken.own if isinstance(piece.value, int)]
    named = taken.head.text != "دقیقه" and taken.head.text not in (
        "روز",
        "شب",
        "سال",
        "هفته",
        "دهه",
        "ثانیه",
    )
    return named and bool(numbers) and numbers[0] <= 24 and all(number < 60 for number in numbers[1:])


def _half(taken: Taken) -> bool:
    return taken.own[1].value in (1, 2)
