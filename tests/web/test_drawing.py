"""The timeline: every story is in one bar, and the bars are in order."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reportedly.web.drawing import WIDTH, timeline


@given(
    st.dictionaries(st.dates(date(1, 1, 1), date(9998, 12, 31)), st.integers(1, 50), min_size=1, max_size=30)
)
def test_all_stories_are_drawn_in_order_and_in_place(found: dict[date, int]) -> None:
    days = [(day.isoformat(), count) for day, count in sorted(found.items())]
    drawn = timeline(days)
    assert drawn is not None
    assert sum(bar.count for bar in drawn.bars) == sum(found.values())
    assert [bar.first for bar in drawn.bars] == sorted({bar.first for bar in drawn.bars})
    for bar in drawn.bars:
        assert 0 <= bar.x <= WIDTH
        assert bar.x + bar.width <= WIDTH + 1
        inside = [count for day, count in days if bar.first <= day <= bar.last]
        assert bar.count == sum(inside)


def test_a_few_days_are_days_and_many_years_are_years() -> None:
    first = date(2018, 3, 1)
    assert timeline([]) is None
    week = timeline([((first + timedelta(days=day)).isoformat(), 1) for day in range(7)])
    assert week
    assert (week.step, len(week.bars)) == ("day", 7)
    long = timeline([("1950-01-01", 1), ("2018-01-01", 2)])
    assert long
    assert long.step == "year"
    assert [bar.count for bar in long.bars if bar.count] == [1, 2]
