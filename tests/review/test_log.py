"""The log of judgements: what stands, whatever was taken back in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from reportedly import review
from reportedly.store.judgement_rows import judgement_of, judgement_row
from reportedly.types import (
    Instead,
    Judgement,
    OtherVoice,
    Quote,
    Subject,
    Verdict,
    VoiceKind,
    Words,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDS = Words("p" * 16, 0, "t" * 16, (Quote("source", 0, 3, "Ada"), Quote("content", 9, 12, "one")))


PLAIN = Judgement("", "", "ada", Subject.STATEMENT, Verdict.RIGHT, (WORDS,))


def judged(like: Judgement = PLAIN, minute: int = 0) -> Judgement:
    return review.made(like, NOON + timedelta(minutes=minute))


def test_a_judgement_goes_through_its_row_unchanged() -> None:
    voice = OtherVoice("Ilse Brandt", VoiceKind.PERSON, "minister", None)
    for one in (
        judged(),
        judged(replace(PLAIN, instead=Instead((Quote("cue", 4, 8, "said"),), voice), verdict=Verdict.WRONG)),
        judged(replace(PLAIN, subject=Subject.SAME_ACTOR, words=(), names=("a", "b"))),
        review.undo(judged(), "ben", NOON),
    ):
        assert judgement_of(judgement_row(one)) == one


def test_the_id_says_all_that_the_judgement_says() -> None:
    assert judged().id == judged().id
    others = [replace(PLAIN, note="x"), replace(PLAIN, verdict=Verdict.WRONG), replace(PLAIN, by="ben")]
    assert len({judged().id, judged(minute=1).id, *(judged(one).id for one in others)}) == 5


def test_taking_back_an_undo_brings_the_judgement_back() -> None:
    first = judged()
    undone = review.undo(first, "ben", NOON)
    redone = review.undo(undone, "ada", NOON)
    assert review.standing([first]) == [first]
    assert review.standing([first, undone]) == []
    assert review.standing([first, undone, redone]) == [first]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=30))
def test_what_stands_is_what_no_standing_undo_takes_back(steps: list[tuple[bool, int]]) -> None:
    log: list[Judgement] = []

    def stands(one: Judgement) -> bool:
        return not any(other.undoes == one.id and stands(other) for other in log)

    for minute, (is_undo, which) in enumerate(steps):
        if is_undo and log:
            log.append(review.undo(log[which % len(log)], "ada", NOON + timedelta(hours=1, minutes=minute)))
        else:
            log.append(judged(minute=minute))
    assert review.standing(log) == [one for one in log if stands(one) and one.subject is not Subject.UNDO]
