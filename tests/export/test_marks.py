"""Marks may nest, overlap and touch: the segments join up, each mark is opened and closed once."""

from hypothesis import given
from hypothesis import strategies as st

from reportedly.export.marks import Mark, Role, marks_of, numbered, paragraphs, segments
from tests.export.build import DENIAL, view

SIZE = 30
STATEMENT = view(DENIAL).statements[0]

spans = st.tuples(st.integers(0, SIZE - 1), st.integers(1, SIZE)).filter(lambda span: span[0] < span[1])
marks = st.lists(
    st.builds(
        lambda span, role, number: Mark(span[0], span[1], role, number, STATEMENT),
        spans,
        st.sampled_from(list(Role)),
        st.integers(1, 5),
    ),
    max_size=12,
)


@given(marks)
def test_segments_join_up_and_balance(found: list[Mark]) -> None:
    pieces = list(segments(0, SIZE, found))
    assert [piece.start for piece in pieces] == [0, *(piece.end for piece in pieces[:-1])]
    assert pieces[-1].end == SIZE
    assert sorted(map(id, (m for p in pieces for m in p.opens))) == sorted(map(id, found))
    assert sorted(map(id, (m for p in pieces for m in p.closes))) == sorted(map(id, found))


@given(marks, spans)
def test_a_segment_has_just_the_marks_over_it(found: list[Mark], bounds: tuple[int, int]) -> None:
    for piece in segments(*bounds, found):
        over = [mark for mark in found if mark.start <= piece.start and mark.end >= piece.end]
        assert sorted(map(id, over)) == sorted(map(id, piece.marks))


def test_statements_are_numbered_in_order_of_the_text_without_the_authors_own() -> None:
    found = numbered(view(DENIAL).statements)
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert [statement.source.text for _, statement in found if statement.source] == [
        "The Ministry of Sea Trade",
        "Spokesman Pavo Dennik",
        "documents",
        "the minister",
    ]


def test_the_authors_own_voice_has_no_number() -> None:
    own = [mark for mark in marks_of(view(DENIAL).statements) if mark.role is Role.AUTHOR]
    assert [(mark.number, DENIAL.text[mark.start : mark.end]) for mark in own] == [(0, "The sea was calm.")]


@given(st.text(alphabet="ab \n", max_size=40))
def test_paragraphs_hold_all_but_blank_lines(text: str) -> None:
    found = [text[start:end] for start, end in paragraphs(text)]
    assert found == [line for line in text.split("\n") if line.strip()]
