"""What was changed in words, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly.export.lineage import difference_marked
from reportedly.export.lineage.differences import Fate, difference, shortened

WORDS = st.lists(
    st.sampled_from(["twelve", "12", "may", "have", "did", "Crates", "crates", "3.5", "—", "۱۲"]), max_size=12
)


def _sides(was: str, now: str) -> tuple[str, str]:
    pieces = difference(was, now)
    old = "".join(piece.text for piece in pieces if piece.fate is not Fate.NEW)
    return old, "".join(piece.text for piece in pieces if piece.fate is not Fate.GONE)


@given(WORDS, WORDS)
def test_the_pieces_add_up_to_both_sides(one: list[str], other: list[str]) -> None:
    was, now = " ".join(one), " ".join(other)
    old, new = _sides(was, now)
    assert new == now
    assert "".join(old.casefold().split()) == "".join(was.casefold().split())


@given(st.text(), st.text())
def test_no_word_is_lost_whatever_is_written(was: str, now: str) -> None:
    old, new = _sides(was, now)
    assert new.split() == now.split()
    assert len("".join(old.split())) == len("".join(was.split()))


def test_a_number_and_a_dropped_may_are_seen() -> None:
    marked = difference_marked("Twelve crates may have burned at 4.30", "Twenty crates burned at 4.30")
    assert marked == "<del>Twelve</del><ins>Twenty</ins> crates <del>may have</del> burned at 4.30"


def test_words_of_strangers_are_escaped() -> None:
    marked = difference_marked("<script>alert(1)</script>", "<img src=x>")
    assert "<script" not in marked
    assert "<img" not in marked


def test_long_stretches_that_stayed_are_cut() -> None:
    long = " ".join(f"word{number}" for number in range(100))
    pieces = shortened(difference(f"one {long} two", f"six {long} ten"))
    assert [piece.fate for piece in pieces if piece.fate is Fate.KEPT] == [Fate.KEPT]
    kept = next(piece.text for piece in pieces if piece.fate is Fate.KEPT)
    assert kept.split()[:2] == ["word0", "word1"]
    assert "…" in kept
    assert kept.split()[-1] == "word99"
