"""Which function says what the words of a rule mean: the names under ``do`` in the grammars."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from reportedly.times import composed, counted, dated, persian
from reportedly.times.calendars import UnresolvedError
from reportedly.times.scan import Piece
from reportedly.times.scene import Days, Scene

Action = Callable[[Piece, Scene], Days]


def _never(reason: str) -> Action:
    def refuse(_piece: Piece, _scene: Scene) -> Days:
        raise UnresolvedError(reason)

    return refuse


ACTIONS: Mapping[str, Action] = {
    "date": dated.date,
    "days": dated.days,
    "month": dated.month,
    "attack": dated.attack,
    "named": dated.named,
    "numeric": dated.numeric,
    "year": dated.year,
    "years": dated.years,
    "before_christ": dated.before_christ,
    "decade": dated.decade,
    "century": dated.century,
    "fiscal": dated.fiscal,
    "nth_weekday": dated.nth_weekday_of,
    "quarter": dated.quarter,
    "season": dated.season,
    "holiday": dated.holiday,
    "shift_named": dated.shift_named,
    "same_named": counted.same_named,
    "ago": counted.ago,
    "hence": counted.hence,
    "within": counted.within,
    "later": counted.later,
    "counted": counted.counted,
    "counted_event": counted.counted_event,
    "neighbour": counted.neighbour,
    "step": counted.neighbour,
    "step_part": counted.step_part,
    "step_weekday": counted.step_weekday,
    "same": counted.same,
    "same_time": counted.same_time,
    "deictic": counted.deictic,
    "now": counted.now,
    "overnight": counted.overnight,
    "shift": counted.shift,
    "rolling": counted.rolling,
    "weekday": counted.weekday,
    "weekday_of": counted.weekday_of,
    "weekend": counted.weekend,
    "nested": composed.nested,
    "season_of": composed.season_of,
    "part": composed.part,
    "part_of_unit": composed.part_of_unit,
    "piece": composed.piece_of,
    "piece_rolled": composed.piece_rolled,
    "rest": composed.rest,
    "whole": composed.passed_on,
    "week_of": composed.week_of,
    "earlier_in": composed.earlier_in,
    "later_in": composed.later_in,
    "clock_alone": composed.clock_alone,
    "clock": composed.clock_alone,
    "part_of_day": composed.clock_alone,
    "range": composed.range_of,
    "bound": composed.bound,
    "solar_year": persian.solar_year,
    "solar_years": persian.solar_years,
    "solar_decade": persian.solar_decade,
    "solar_numeric": persian.solar_numeric,
    "solar_shift": persian.solar_shift,
    "solar_ago": persian.solar_ago,
    "duration": _never("a length of time"),
    "repeated": _never("a time that comes again"),
    "vague": _never("too vague"),
}


def meaning(piece: Piece, scene: Scene) -> Days:
    """Return the days that a piece made by a rule means.

    Raises:
        UnresolvedError: it means none here.
    """
    if piece.rule is None:  # a word that stands for a time by itself, as the end of a range
        return counted.deictic_word(piece, scene)
    return ACTIONS[piece.rule.action](piece, scene)
