"""The timeline: stories over time, as bars of one width, in SVG that needs no script and no inline style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST_BARS = 90
_STEPS = ("day", "week", "month", "quarter", "year", "decade", "century")
WIDTH, HEIGHT, FOOT = 960, 130, 22


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its days, how many stories, where it is drawn, and the words under it ("" for most)."""

    first: str
    last: str
    count: int
    x: float
    y: float
    width: float
    height: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stories over time. step: what one bar stands for. highest: stories of the highest bar."""

    bars: Sequence[Bar]
    step: str
    highest: int
    width: int = WIDTH
    height: int = HEIGHT + FOOT
    base: int = HEIGHT


def timeline(days: Sequence[tuple[str, int]]) -> Timeline | None:
    """Return the stories of each day as about `MOST_BARS` bars at most; None without a dated story."""
    dated = [(date.fromisoformat(day), count) for day, count in days]
    if not dated:
        return None
    step = next((one for one in _STEPS if _bars(dated[0][0], dated[-1][0], one) <= MOST_BARS), _STEPS[-1])
    counts: Counter[date] = Counter()
    for day, count in dated:
        counts[_floor(day, step)] += count
    starts = [_floor(dated[0][0], step)]
    while starts[-1] < max(counts) and len(starts) < 10 * MOST_BARS:
        starts.append(_next(starts[-1], step))
    highest = max(counts.values())
    pitch = WIDTH / max(len(starts), 12)
    every = max(1, round(90 / pitch))
    return Timeline(
        [
            _bar(at, start, counts[start], step, (pitch, highest, at % every == 0))
            for at, start in enumerate(starts)
        ],
        step,
        highest,
    )


def _bar(at: int, start: date, count: int, step: str, scale: tuple[float, int, bool]) -> Bar:
    pitch, highest, labelled = scale
    height = max(count / highest * (HEIGHT - 14), 2) if count else 0
    last = _next(start, step) - timedelta(days=1)
    label = _name(start, step) if labelled and at * pitch < WIDTH - 60 else ""
    place = (round(at * pitch, 1), round(HEIGHT - height, 1), round(max(pitch - 2, 1), 1), round(height, 1))
    return Bar(start.isoformat(), last.isoformat(), count, *place, label)


def _bars(first: date, last: date, step: str) -> float:
    days = {
        "day": 1,
        "week": 7,
        "month": 30.4,
        "quarter": 91.3,
        "year": 365.2,
        "decade": 3652,
        "century": 36524,
    }
    return (last - first).days / days[step] + 1


def _floor(day: date, step: str) -> date:
    match step:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday()) if day.toordinal() > 7 else day
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            years = 10 if step == "decade" else 100
            return date(max(day.year // years * years, 1), 1, 1)


def _next(start: date, step: str) -> date:
    try:
        match step:
            case "day":
                return start + timedelta(days=1)
            case "week":
                return start + timedelta(days=7)
            case "month" | "quarter":
                months = 1 if step == "month" else 3
                return (start.replace(day=1) + timedelta(days=31 * months)).replace(day=1)
            case "year":
                return start.replace(year=start.year + 1)
            case _:
                years = 10 if step == "decade" else 100
                return start.replace(year=start.year // years * years + years)
    except (OverflowError, ValueError):
        return date.max


def _name(start: date, step: str) -> str:
    if step in ("year", "decade", "century"):
        return str(start.year)
    return start.isoformat()[:7] if step in ("month", "quarter") else start.isoformat()
