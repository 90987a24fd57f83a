"""Tests that the Persian grammar names, and what both languages' tests share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from reportedly.times.scan import Check, Piece

Lists = Mapping[str, frozenset[str]]


def piece_before(pieces: Sequence[Piece], first: int) -> Piece | None:
    """Return the piece before, None at the start of a line."""
    return pieces[first - 1] if first > 0 and pieces[first].gap != "\n" else None


def piece_after(pieces: Sequence[Piece], last: int) -> Piece | None:
    """Return the piece after, None at the end of a line."""
    return pieces[last] if last < len(pieces) and pieces[last].gap != "\n" else None


def glued(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Say whether digits, or a sign and digits, stand without a blank on either side."""
    before, after = piece_before(pieces, first), piece_after(pieces, last)
    if before and pieces[first].gap == "" and (before.text in "./-:_#" or before.text.isalnum()):
        return True
    if after is None or after.gap != "":
        return False
    if after.text.isdecimal() or after.text in "_":
        return True
    follower = piece_after(pieces, last + 1)
    return after.text in "./-:" and follower is not None and follower.gap == "" and follower.text.isdecimal()


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


def _unnamed(lists: Lists, pieces: Sequence[Piece], first: int, last: int) -> bool:
    """A square or a hospital may be named after a date."""
    before = piece_before(pieces, first)
    return before is None or before.text not in lists["names_before"]


def _date(lists: Lists, pieces: Sequence[Piece], first: int, last: int) -> bool:
    """A day in words before a month that is also a word needs a year: "one arrow"."""
    taken = pieces[first:last]
    doubtful = any(
        isinstance(p.value, str) and p.text in ("تیر", "مهر", "آذر", "دی", "بهمن", "می", "مه") for p in taken
    )
    if (
        taken[0].value is not None
        and taken[0].sign
        and isinstance(taken[0].value, str)
        and taken[0].value != "DAY"
    ):
        return False
    if (
        len([p for p in taken if p.text.isdecimal()]) > 1
        and len(taken[-1].text) == 3
        and taken[-1].text.isdecimal()
    ):
        return False
    digits = any(p.text.isdecimal() for p in taken)
    spelled = any(
        isinstance(p.value, int) and not p.text.isdecimal() and not p.text.endswith("م") for p in taken
    )
    return _unnamed(lists, pieces, first, last) and not (doubtful and spelled and not digits)


def _numeric(pieces: Sequence[Piece], first: int, last: int) -> bool:
    numbers = [piece for piece in pieces[first:last] if piece.text.isdecimal()]
    begin, end = numbers[0], numbers[2]
    sized = all(len(piece.text) in (1, 2, 4) for piece in numbers)
    return sized and (begin.value > 31 or end.value > 31) and not glued(pieces, first, last)


def _plausible(piece: Piece) -> bool:
    return not piece.text.isdecimal() or len(piece.text) == 4 or 32 <= piece.value <= 99


def _year(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """The year 92 or 1392: two digits from 32 on."""
    unit = pieces[first].value
    return unit in ("YEAR", None) or str(unit).startswith("js") and all(map(_plausible, pieces[first:last]))


def _years(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """The years 89 to 94; without the word both need four digits."""
    numbers = [piece for piece in pieces[first:last] if piece.text.isdecimal()]
    named = pieces[first].value == "YEAR"
    plain = all(len(piece.text) == 4 for piece in numbers)
    return (plain or (named and all(map(_plausible, numbers)))) and not glued(pieces, first, last)


def _decade(pieces: Sequence[Piece], first: int, last: int) -> bool:
    number = pieces[first + 1].value
    return pieces[first].value == "DECADE" and isinstance(number, int) and number % 10 == 0


def _weekday(pieces: Sequence[Piece], first: int, last: int) -> bool:
    return pieces[first].value == "DAY" or isinstance(pieces[first].value, int)


def _shift(pieces: Sequence[Piece], first: int, last: int) -> bool:
    return all(piece.value != "HOUR" for piece in pieces[first:last])


def _rolling(pieces: Sequence[Piece], first: int, last: int) -> bool:
    return pieces[last - 1].text in ("گذشته", "آینده", "آتی", "اخیر")


def _clock(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """The word for hour also means clock; 25:00 is no time."""
    numbers = [piece.value for piece in pieces[first:last] if isinstance(piece.value, int)]
    named = pieces[first].text != "دقیقه" and pieces[first].text not in (
        "روز",
        "شب",
        "سال",
        "هفته",
        "دهه",
        "ثانیه",
    )
    return named and bool(numbers) and numbers[0] <= 24 and all(number < 60 for number in numbers[1:])


def _half(pieces: Sequence[Piece], first: int, last: int) -> bool:
    return pieces[first + 1].value in (1, 2)
