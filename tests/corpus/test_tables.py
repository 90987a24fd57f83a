"""What half two reads of a case, and in which order."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from reportedly.corpus.tables import Gathered, read_corpus, signature
from reportedly.store import Case
from reportedly.types import Commitment, VoiceKind
from tests.corpus.written import Line, Told, vector, write
from tests.store import samples

pytestmark = pytest.mark.issue(5)

SHUT = Line("The lock at Tam is shut", "Ines Marlow")
OPEN = Line("The lock at Tam opens in 12 days", "Odo Wray", Commitment.PR_PLUS, quoted=True)
RAIN = Line("Rain fell on Tam all week")


def gathered(path: Path) -> Gathered:
    with Case.open_readonly(path) as case, case.snapshot():
        return read_corpus(case)


def test_stories_come_by_date_and_undated_ones_last(tmp_path: Path) -> None:
    days = ["2019-03-02", None, "2018", "2019-03-01", "2999-01-01"]
    case = write(tmp_path / "c.db", [Told(f"Paper {day}", day, [SHUT]) for day in days])
    found = [story.published for story in gathered(case).corpus.stories]
    assert found == ["2018", "2019-03-01", "2019-03-02", "2999-01-01", None]


def test_statements_come_by_story_and_place_with_all_that_the_case_keeps(tmp_path: Path) -> None:
    stories = [Told("Tam Courier", "2019-03-02", [RAIN, OPEN]), Told("Buoy", "2019-03-01", [SHUT])]
    corpus = gathered(write(tmp_path / "c.db", stories)).corpus
    assert [one.content for one in corpus.statements] == [SHUT.words, RAIN.words, f"“{OPEN.words}”"]
    said = corpus.statements[2]
    story = corpus.stories[1]
    assert story.text[said.spans[0].start : said.spans[0].end] == said.content
    assert (said.voice.name, said.voice.kind, said.cue) == ("Odo Wray", VoiceKind.PERSON, "said")
    assert (said.chain, said.commitment) == (("Tam Courier", "Odo Wray"), Commitment.PR_PLUS)
    assert said.names == (("Tam", "ORG"), ("12", "NUM"))
    for one in corpus.statements:
        words = one.content.strip("“”")
        assert np.allclose(corpus.vectors[one.row], vector(words), atol=1e-3)
    assert corpus.vectors.dtype == np.float32


def test_times_ties_and_voices_come_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with Case.create_or_open(path, 1.0) as case:
        case.write([samples.entry(samples.record())], samples.ENGINE)
    found = {one.id: one for one in gathered(path).corpus.statements}
    made = [one for one in samples.record().statements if one.id in found]
    assert made
    for one in made:
        row = found[one.id]
        assert row.voice == replace(one.voice, evidence=())
        assert row.via == tuple(replace(voice, evidence=()) for voice in one.via)
        assert row.commitments == one.commitments
        assert (row.times, row.said, row.ties, row.parent) == (one.times, one.said, one.ties, one.parent)
        assert row.names == tuple((mention.name, mention.label) for mention in one.mentions)


def test_captions_support_nothing_and_are_counted(tmp_path: Path) -> None:
    case = write(tmp_path / "c.db", [Told("Tam Courier", "2019-03-02", [RAIN, SHUT], captions=1)])
    found = gathered(case)
    assert [one.content for one in found.corpus.statements] == [SHUT.words]
    assert found.left_out == {"caption": 1}


def test_a_teaser_beside_a_story_supports_nothing_and_a_story_cut_short_does(tmp_path: Path) -> None:
    teaser = Told("Tam Courier", "2019-03-02", [SHUT], partial=True, beside=True)
    beside = write(tmp_path / "a.db", [Told("Tam Courier", "2019-03-02", [RAIN]), teaser])
    assert [one.content for one in gathered(beside).corpus.statements] == [RAIN.words]
    assert gathered(beside).left_out == {"partial story": 1}
    alone = write(tmp_path / "b.db", [Told("Tam Courier", "2019-03-02", [SHUT], partial=True)])
    assert [one.content for one in gathered(alone).corpus.statements] == [SHUT.words]


def test_an_empty_case_is_an_empty_corpus(tmp_path: Path) -> None:
    corpus = gathered(write(tmp_path / "c.db", [])).corpus
    assert (corpus.stories, corpus.statements, corpus.vectors.shape) == ((), (), (0, 384))


def test_the_signature_changes_with_every_page(tmp_path: Path) -> None:
    found = set()
    for lines in ([], [RAIN], [SHUT], [SHUT]):
        case = write(tmp_path / "c.db", [Told("Buoy", None, lines)] if lines else [])
        with Case.open_readonly(case) as opened:
            found.add(signature(opened))
    assert len(found) == 3
