"""What stands around a match of the grammar: is it a time at all, and does it lie ahead or behind?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from reportedly.model.syntax import ENTITIES
from reportedly.model.whole_text import whole_text
from reportedly.times.lexicon import Grammar
from reportedly.times.persian_context import persian_checks
from reportedly.times.scan import Check, Piece, Taken, glued, piece_after, piece_before

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Tense = Literal["past", "future", "firm past", "near future"]
"""Where the words around say that it lies; "firm past" and "near future" outweigh the distance in days."""

REACH = 14
"""Words to either side in which a verb may say whether a time lies ahead."""
_CURRENT = range(1900, 2041)
_PARTS = ("early", "mid", "late", "start", "end")
_CLAUSE_ENDS = frozenset('.?!;:"“”»«')


class Context:
    """The text, its pieces and its tags; `checks` are the tests that rules of the grammar name."""

    def __init__(self, doc: Doc, grammar: Grammar) -> None:
        self.grammar = grammar
        self.text = whole_text(doc)
        self._doc = doc
        self._starts: NDArray[np.int64] = np.asarray(doc.to_array("IDX"), dtype=np.int64)
        people = [entity for entity in doc.ents if ENTITIES.get(entity.label_) == "PER"]
        self._people = [(entity.start_char, entity.end_char) for entity in people]
        self._tagged = bool(doc.has_annotation("TAG"))
        self._person_may = bool(re.search(r"\b(?:Mrs\.?|Ms\.?|Theresa|Brian|Elaine) May\b", self.text))
        self.checks: Mapping[str, Check] = {
            "year_alone": self.year_alone,
            "years": self.years,
            "month_alone": self.month_alone,
            "day_and_month": self.day_and_month,
            "weekday": self.weekday,
            "numeric": self.numeric,
            "decade": self.decade,
            "fiscal": self.fiscal,
            "quarter": self.quarter,
            "clock": self.clock,
            "now": self.now,
            "same_time": self.same_time,
            "rate": self.rate,
            "shift": self.shift,
            "later": self.later,
            "not_old": self.not_old,
            "nested": self.nested,
            "part": self.part,
            "part_of_unit": self.part_of_unit,
            "rolling": self.rolling,
            "rolled": self.rolled,
            "one_day": self.one_day,
            "week_of": self.week_of,
            "neighbour": self.neighbour,
            "alike": self.alike,
            "event": self.event,
            "bound": self.bound,
            **persian_checks(grammar.lists),
        }

    def _is(self, piece: Piece | None, *names: str) -> bool:
        return piece is not None and self.grammar.names.get(piece.sign) in names

    def _in(self, piece: Piece | None, name: str) -> bool:
        return piece is not None and piece.text.lower() in self.grammar.lists[name]

    def _tag(self, piece: Piece | None) -> str:
        """Return the Penn tag of a piece, "" where the Doc has no tags."""
        token = self._token(piece) if piece and self._tagged else None
        return token.tag_ if token is not None else ""

    def _token(self, piece: Piece) -> Token | None:
        at = int(np.searchsorted(self._starts, piece.start))
        found = at < len(self._starts) and self._starts[at] == piece.start
        return self._doc[at] if found else None

    def _person(self, piece: Piece) -> bool:
        return any(start <= piece.start < end for start, end in self._people)

    def year_alone(self, taken: Taken) -> bool:
        """Four digits are a year unless they count or number something."""
        before, after = taken.before, taken.after
        if self._in(before, "no_year_before") and not self._after_stop(taken.pieces, taken.first):
            return False
        if self._in(after, "no_year_after"):
            return False
        if before and before.text in ("'", '"', "“") and after and after.text in ("'", '"', "”"):
            return False
        if after and after.gap == "" and after.text in (":", "/", "%", "°"):
            return False
        if before and before.text in (".", ":", "-", "/") and taken.head.gap == "":
            return before.text in ("-", "/") and not self._is(
                piece_before(taken.pieces, taken.first - 1), "num", "year4"
            )
        if before and before.text == "s" and not (after and after.text.isalpha()):
            return False  # Orwell's 1984
        known = taken.head.value in _CURRENT
        named = self._in(before, "year_before") or before is None
        if self._counts(after) and not (
            before and before.text in ("the", "s", "its", "their", "that", "in", "since")
        ):
            return False
        return named or (known and not (before is not None and before.text == "-"))

    def _after_stop(self, pieces: Sequence[Piece], first: int) -> bool:
        """Say whether a full stop before a year ends a sentence or an abbreviation: "(d. 1990)"."""
        return pieces[first - 1].text == "." and pieces[first].gap == " " and pieces[first].value in _CURRENT

    def _counts(self, after: Piece | None) -> bool:
        """Say whether a number before this word would count it: a plural noun."""
        if after is None or after.gap != " " or after.sign not in "wW":
            return False
        tag = self._tag(after)
        if tag:
            return tag == "NNS"
        word = after.text
        return word.endswith("s") and word.islower() and len(word) > 3 and not self._in(after, "plural_s")

    def years(self, taken: Taken) -> bool:
        """2014-16 and 2014-2016; 1972-555 is a phone number."""
        begin, end = taken.head, [p for p in taken.own if isinstance(p.value, int)][-1]
        if self._in(taken.before, "no_year_before") or len(end.text) not in (2, 4):
            return False
        stop = end.value if len(end.text) == 4 else begin.value // 100 * 100 + end.value
        return bool(begin.value < stop <= begin.value + 500) and not glued(taken)

    def month_alone(self, taken: Taken) -> bool:
        """A bare month: one that is also a name or a verb needs a word before it that goes with months."""
        month, before = taken.head, taken.before
        if before is not None and before.text in ("-", "/", "'"):
            before = piece_before(taken.pieces, taken.first - 1)
        if self._person(month) or (before and before.text[:1].isupper() and self._in(before, "titles")):
            return False
        if self._is(month, "month", "hmonth", "ramadan", "jmonth") and self._surely_month(month):
            return not _glued_word(taken)
        after = taken.after
        lists = "firm_month_before" if self._person_may and month.value == 5 else "month_before"
        if self._in(before, lists):
            return not (after and after.text[:1].isupper() and after.gap == " " and not after.rule)
        adjective = after is not None and after.gap == " " and after.text.islower() and after.text.isalpha()
        return self._in(before, "article_before") and adjective and month.text[0].isupper()

    def _surely_month(self, month: Piece) -> bool:
        return len(month.text) > 3 or month.text.endswith(".")

    def day_and_month(self, taken: Taken) -> bool:
        """May 5 and the fifth of May, but not "5 may", nor the rest of a decimal number."""
        before, after = taken.before, taken.after
        if before and taken.head.gap == "" and before.text in (".", ",", ":", "/", "$", "£", "€"):
            return False
        if after and after.gap == "" and after.text in ("%", ":"):
            return False
        low = any(self._is(piece, "low") for piece in taken.own)
        ordinal = any(self._is(piece, "ordinal") for piece in taken.own)
        if ordinal and any(self._is(piece, "weak", "low") for piece in taken.own):
            return any(piece.text == "of" for piece in taken.own) or taken.head.text != "first"
        return not low or self._is(taken.tail, "year4") or self._in(before, "month_before")

    def weekday(self, taken: Taken) -> bool:
        """A weekday that is no part of a name: "The Friday Project" is one, "Friday Prayers" may be."""
        before = taken.before
        if before and before.text.lower() in ("@", "a", "one", "any", "some"):
            return False
        return not self._person(taken.tail)

    def numeric(self, taken: Taken) -> bool:
        """A date in digits, not a version, an address or a score."""
        year = [piece for piece in taken.own if isinstance(piece.value, int)][-1]
        two_ok = len(year.text) == 4 or (len(year.text) == 2 and taken.own[1].text == "/")
        if len(taken.head.text) == 4:
            two_ok = True
        return two_ok and not glued(taken)

    def decade(self, taken: Taken) -> bool:
        """The 1990s and the '90s, but not 2016's."""
        year = next(piece for piece in taken.own if isinstance(piece.value, int))
        ends_open = taken.tail.gap == ""
        return (
            year.value % 10 == 0
            and year.value > 0
            and ends_open
            and (year.value < 100) == (len(year.text) == 2)
        )

    def fiscal(self, taken: Taken) -> bool:
        """Fiscal 2018, fiscal year 18."""
        return taken.head.text != "season" and taken.tail.value > 12

    def quarter(self, taken: Taken) -> bool:
        """Q1 to Q4; with a line of its own "Q 3" is a question."""
        number, before = taken.own[1], taken.before
        dated = len(taken.own) > 2 or self._is(
            before, "in", "of", "for", "during", "since", "by", "until", "the"
        )
        return dated and number.gap == "" and 1 <= number.value <= 4

    def clock(self, taken: Taken) -> bool:
        """10:30, but not a score of 3:1 or a verse."""
        hour, minute = taken.head, taken.own[2]
        before, after = taken.before, taken.after
        if before and taken.head.gap == "" and before.text in ".:/-$":
            return False
        if before and before.rule is None and before.text[:1].isupper() and before.text.lower() != "at":
            return False
        right = 0 <= (hour.value or 0) < 24 and len(minute.text) == 2 and (minute.value or 0) < 60
        return right and not (after and after.gap == "" and after.text == ":")

    def now(self, taken: Taken) -> bool:
        """Now as a time: not "now that", nor the now of a speaker who begins a sentence with it."""
        before, after = taken.before, taken.after
        opens = before is None or before.text in '."“!?:' or before.gap == "\n" or taken.head.gap == "\n"
        return not (after and after.text == "that") and not (
            opens and after is not None and after.text == ","
        )

    def same_time(self, taken: Taken) -> bool:
        """At the time, but not "at the time the story broke"."""
        after = taken.after
        clause = after is not None and after.text.lower() in (
            "of",
            "that",
            "the",
            "a",
            "when",
            "his",
            "her",
            "their",
        )
        return not clause

    def rate(self, taken: Taken) -> bool:
        """A year, but not in "40 hours a week"."""
        before = taken.before
        if self._is(taken.head, "a"):
            rate = self._is(before, "unit", "units", "num", "day2", "year4", "time")
            if rate or (
                before is not None
                and before.text in ("times", "twice", "once", "$", "million", "day", "percent")
            ):
                return False
        return self.not_old(taken)

    def shift(self, taken: Taken) -> bool:
        """Last year, but not "the last year" (`rolling`) nor "every last minute"."""
        before = taken.before
        if self._is(before, "the", "these", "that", "every", "a") and not taken.head.text.startswith("the"):
            return self._is(before, "the") and self._is(taken.head, "next", "coming")
        unit = taken.tail.value
        return unit != "HOUR" and bool(unit != "DAY" or taken.head.value == 0)

    def later(self, taken: Taken) -> bool:
        """Two weeks earlier, but not "two years later than"."""
        after = taken.after
        return not (after and after.text == "than") and not self._is(taken.before, "approx")

    def not_old(self, taken: Taken) -> bool:
        """Three years, but not "three years old" nor "a second"; "5-year" counts as a length of time too."""
        after = taken.after
        if self._is(after, "old") or (after and after.text == "-" and after.gap == ""):
            return False
        before = taken.before
        return not (before and before.text in ("per", "aged", "/", "$", "£", "€"))

    def nested(self, taken: Taken) -> bool:
        """March of last year: a time without a year, then one that gives it."""
        inner, outer = taken.head, taken.tail
        partial = {"date", "days", "month", "weekday", "holiday", "season", "shift_named", "nth_weekday"}
        whole = {"shift", "same", "year", "step", "ago", "later", "same_named", "shift_named"}
        return (
            inner.rule is not None
            and outer.rule is not None
            and inner.rule.action in partial
            and not inner.has("year")
            and outer.rule.action in whole
            and not (outer.rule.action == "shift_named" and inner.rule.action != "month")
        )

    def part(self, taken: Taken) -> bool:
        """Early March, late 2015; "the end, March" is two things."""
        inner, word = taken.tail, next(p.value for p in taken.own if p.value in _PARTS)
        days = (
            {"deictic", "now", "overnight"}
            if word in ("early", "late")
            else {"weekday", "deictic", "now", "date"}
        )
        days |= {"now"}
        return inner.rule is not None and (
            inner.rule.action not in days or (inner.rule.action == "deictic" and word in ("early", "late"))
        )

    def part_of_unit(self, taken: Taken) -> bool:
        """The end of the year: not "of the year-long", nor "the day after"."""
        after = taken.after
        return not (after and after.text == "-") and taken.tail.value != "HOUR"

    def rolling(self, taken: Taken) -> bool:
        """The last two years, but not "the last two years of the war"."""
        after, follower = taken.after, piece_after(taken.pieces, taken.last + 1)
        if taken.tail.value == "HOUR" and len(taken.own) <= 3 and not taken.own[-2].text.isdecimal():
            return False  # the last minute
        dated = self._is(follower, "year4", "month", "weak", "this", "last", "next", "the", "century")
        return not self._is(after, "of") or dated

    def rolled(self, taken: Taken) -> bool:
        """The last two years of the decade."""
        rule = taken.head.rule
        return rule is not None and rule.action == "rolling"

    def one_day(self, taken: Taken) -> bool:
        """Only a day has mornings and hours."""
        days = {"date", "weekday", "deictic", "numeric", "holiday", "weekday_of", "step_weekday", "same"}
        days |= {
            "neighbour",
            "step",
            "nth_weekday",
            "same_named",
            "whole",
            "overnight",
            "attack",
            "named",
            "later",
        }
        inner = next((p for p in taken.own if p.rule is not None and p.rule.kind == "date"), None)
        return inner is not None and inner.rule is not None and inner.rule.action in days

    def week_of(self, taken: Taken) -> bool:
        """The week of 5 March."""
        return str(taken.own[1].value) == "WEEK"

    def neighbour(self, taken: Taken) -> bool:
        """The day before, the year after."""
        return str(taken.own[1].value) != "HOUR"

    def alike(self, taken: Taken) -> bool:
        """March to May, Monday through Friday; "on Monday to 2016" is no range."""
        one, other = taken.head.rule, taken.tail.rule
        same = one is not None and other is not None and one.action == other.action
        dash = any(piece.text == "-" for piece in taken.own[1:-1])
        return same or (dash and one is not None and other is not None)

    def event(self, taken: Taken) -> bool:
        """After the 2002 invasion: the year belongs to what follows it."""
        after, inner = taken.after, taken.tail
        if (
            after is None
            or inner.rule is None
            or inner.rule.action not in ("year", "month", "date", "season")
        ):
            return False
        return after.text not in ("and", "or", "but", "when", "while", "as", "who", "which", "that")

    def bound(self, taken: Taken) -> bool:
        """Since March, by Friday; not the "by" of "by 2 p.m. Friday the", nor "from A through B"."""
        return not _line_break(taken)

    def named_after(self, pieces: Sequence[Piece], place: int) -> int:
        """Return where the noun phrase ends that goes on after a date: "after the 2002" - "invasion"."""
        at = place + 1
        while at < len(pieces) and pieces[at].gap == " " and pieces[at].sign in "wW" and at - place < 5:
            tag = self._tag(pieces[at])
            if tag and not tag.startswith(("NN", "JJ", "VBG", "VBN")):
                break
            if not tag and at > place + 1 and pieces[at].sign == "w" and not pieces[at - 1].text.isupper():
                break
            at += 1
        return pieces[at - 1].end

    def tense(self, pieces: Sequence[Piece], first: int) -> Tense | None:
        """Say what a word says of the time near it; ``before`` is the word before it."""
        back = self._verb(pieces, range(first - 1, max(first - 1 - REACH, -1), -1))
        if back:
            return back
        return self._verb(pieces, range(first + 1, min(first + 1 + REACH, len(pieces))))

    def _verb(self, pieces: Sequence[Piece], places: range) -> Tense | None:
        for distance, at in enumerate(places):
            piece = pieces[at]
            if piece.text in _CLAUSE_ENDS or (piece.gap == "\n" and places.step > 0):
                return None
            found = self._says(piece, piece_before(pieces, at))
            if found == "past" and places.step < 0 and self._close(pieces, at, distance):
                return "firm past"
            if found:
                return found
            if piece.gap == "\n":
                return None
        return None

    def _close(self, pieces: Sequence[Piece], at: int, distance: int) -> bool:
        """Said Friday, said in May, told reporters on 5 May; "moved to May" is not behind us for that."""
        return distance == 0 or (distance <= 3 and self._is(pieces[at + distance], "in", "on"))

    def _says(self, piece: Piece, before: Piece | None) -> Tense | None:
        if piece.rule is not None or not piece.text[:1].isalpha():
            return None
        tag = self._tag(piece)
        word = piece.text.lower()
        if word in self.grammar.lists["future"] and not (word == "may" and piece.text != "may"):
            if tag in ("NN", "NNP", "JJ") and word not in self.grammar.lists["close_future"]:
                return None
            return "near future" if word in self.grammar.lists["close_future"] else "future"
        if word in self.grammar.lists["past"]:
            return "past"
        if tag:
            return "past" if tag == "VBD" else None
        if not word.endswith("ed") or len(word) <= 4 or word in self.grammar.lists["not_past"]:
            return None
        return None if self._in(before, "present") else "past"  # "is closed" says nothing


def _glued_word(taken: Taken) -> bool:
    """Say whether letters stand next to it: part of another word or a web address."""
    before, after = taken.before, taken.after
    return bool(
        (before and taken.head.gap == "" and before.text in "@#_./")
        or (after and after.gap == "" and after.text in "@_")
    )


def _line_break(taken: Taken) -> bool:
    return any(piece.gap == "\n" for piece in taken.own[1:])
