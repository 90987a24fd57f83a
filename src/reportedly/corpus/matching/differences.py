"""In what two units differ: numbers, names, days, words in each other's place. Words are told as stems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportedly.corpus.matching.sides import Sides, are_forms
from reportedly.corpus.wording.clocks import apart
from reportedly.corpus.wording.lexicon import Lexicon
from reportedly.corpus.wording.numerals import agree
from reportedly.corpus.wording.views import NameIn, Quantity, Unit

QUANTITY, TELLING = 2.5, 4.0
"""Weights of a number among words: of any, and of one that is no small one and counts the same thing."""
SMALL = 20
"""Numbers below this are met by chance."""
NEAR_DAYS, WEEK = 1, 7
"""Two days as near as this may be one night; a whole week apart, one weekday that was read wrongly."""
CLOCK_MINUTES = 45
"""Two times of day further apart than this are two times."""


def numbers(a: Sequence[Quantity], b: Sequence[Quantity]) -> tuple[list[tuple[str, float]], list[str]]:
    """Return the numbers that agree, each with its weight, and pairs of numbers of one thing that do not."""
    left = list(b)
    same, alone = [], []
    for one in a:
        fitting = [two for two in left if agree(one.numeral, two.numeral)]
        if not fitting:
            alone.append(one)
            continue
        best = max(fitting, key=lambda two: len(one.counted & two.counted))
        left.remove(best)
        telling = one.counted & best.counted and (one.numeral.value >= SMALL or one.numeral.part)
        same.append((_figure(one), TELLING if telling else QUANTITY))
    unlike = [f"{_figure(one)} / {_figure(two)}" for one in alone for two in left if _of_one_thing(one, two)]
    return same, unlike


def refuted(a: Unit, b: Unit) -> list[str]:
    """Return the numbers of one unit that the other one denies ("26, not 62"): both speak of one thing."""
    return [
        f"{_figure(number)} / not {_figure(number)}"
        for one, two in ((a, b), (b, a))
        for number in one.quantities
        if number.numeral.value in two.refused
    ]


def _of_one_thing(one: Quantity, two: Quantity) -> bool:
    if one.numeral.part != two.numeral.part:
        return False
    return bool(one.counted & two.counted) or not one.counted or not two.counted


def _figure(one: Quantity) -> str:
    return f"{one.numeral.bound} {one.numeral.value:,.10g}".strip()


def one_and_many(a: Unit, b: Unit) -> Iterator[str]:
    """Yield "a drone" against "three drones"."""
    for one, two in ((a, b), (b, a)):
        if one.quantities:
            continue
        for quantity in two.quantities:
            if quantity.numeral.value > 1 and not quantity.numeral.part:
                for word in sorted(quantity.counted & one.singles):
                    yield f"one {word} / {_figure(quantity)}"


def names(a: Unit, b: Unit, made: Sides) -> list[str]:
    """Return the names that stand against each other: of one kind, and none of their words in both units."""
    left_a, left_b = set(made.only_a), set(made.only_b)
    return [
        f"{' '.join(sorted(one.words))} / {' '.join(sorted(two.words))}"
        for one in a.names
        if one.words <= left_a
        for two in b.names
        if two.words <= left_b and one.label == two.label and not _may_be_one(one, two)
    ]


def _may_be_one(one: NameIn, two: NameIn) -> bool:
    if one.actor is not None and one.actor == two.actor:
        return True
    return any(are_forms(x, y) for x in one.words for y in two.words)


def days(a: Unit, b: Unit) -> list[str]:
    """Return how far apart the times are, if none of one unit agrees with one of the other."""
    if not a.days or not b.days:
        return []
    gaps = [max(one[0], two[0]) - min(one[1], two[1]) for one in a.days for two in b.days]
    if min(gaps) > NEAR_DAYS and WEEK not in gaps:
        return [f"{min(gaps)} days apart"]
    if a.clocks and b.clocks and min(apart(x, y) for x in a.clocks for y in b.clocks) > CLOCK_MINUTES:
        return ["another time of day"]
    return []


def opposites(made: Sides, lexicon: Lexicon) -> tuple[str, ...]:
    """Return words of one unit beside their opposites in the other."""
    return tuple(
        f"{one} / {two}"
        for one in made.only_a
        if one in lexicon.opposites
        for two in made.only_b
        if two in lexicon.opposites[one]
    )


def changed(a: Unit, b: Unit, made: Sides, lexicon: Lexicon) -> tuple[str, ...]:
    """Return words that stand in each other's place, between the same words.

    A name and a common word ("Nemi", "the town") may be one.
    """
    if not made.only_a or not made.only_b:
        return ()
    names_of = {two: one for one, two in made.linked}
    slots_a = _slots(a.order, set(made.only_a), {})
    slots_b = _slots(b.order, set(made.only_b), names_of)
    return tuple(
        f"{one} / {slots_b[slot]}"
        for slot, one in slots_a.items()
        if slot in slots_b
        and not {one, slots_b[slot]} & lexicon.weak
        and (one in a.proper) is (slots_b[slot] in b.proper)
    )


def _slots(order: Sequence[str], alone: set[str], known_as: dict[str, str]) -> dict[tuple[str, str], str]:
    """Return single words that only one unit has and that stand between words of both, by those words."""
    padded = ["", *(known_as.get(word, word) for word in order), ""]
    return {
        (padded[place - 1], padded[place + 1]): word
        for place, word in enumerate(padded)
        if word in alone and padded[place - 1] not in alone and padded[place + 1] not in alone
    }
