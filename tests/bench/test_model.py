from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from bench import entities, factuality, figures, syntax, vectors, wild
from bench.conllu import documents, flow, raw
from bench.figures import Figure
from reportedly.model.meta import load_meta

TREEBANK = """\
# newdoc id = one
# newpar
# text = We can't swim.
1\tWe\twe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tswim\tswim\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tswim\tswim\tVERB\tVB\t_\t_\t_\t_\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = Rain!
1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newpar
# text = Snow
1\tSnow\tsnow\tNOUN\tNN\t_\t0\troot\t_\t_

# newdoc id = two
# text = Hail
1\tHail\thail\tNOUN\tNN\t_\t0\troot\t_\t_
"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.conllu.gz"
    path.write_bytes(gzip.compress(TREEBANK.encode()))
    return path


def test_a_treebank_is_read_by_document(treebank: Path) -> None:
    first, second = documents(treebank)
    assert [sentence.words for sentence in first] == [
        ("We", "ca", "n't", "swim", "."),
        ("Rain", "!"),
        ("Snow",),
    ]
    assert first[0].spaces == (True, False, True, False, True)
    assert first[0].heads == (3, 3, 3, -1, 3)
    assert [sentence.paragraph for sentence in (*first, *second)] == [True, False, True, True]
    assert len([*documents(treebank, 1)]) == 1


def test_given_tokens_and_text_as_written_agree(treebank: Path) -> None:
    document = next(documents(treebank))
    tokens = flow(document)
    text, starts = raw(document)
    assert text == "We can't swim. Rain!\nSnow"
    assert starts == [0, 15, 21]
    joined = "".join(word + " " * space for word, space in zip(tokens.words, tokens.spaces, strict=True))
    assert joined.strip() == text
    assert [tokens.words[place] for place in tokens.places] == [w for s in document for w in s.words]
    assert [tokens.words[n] for n, start in enumerate(tokens.starts) if start] == ["We", "Rain", "Snow"]


def test_spans_of_bio_tags() -> None:
    tags = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG", "B-ORG"]
    assert [*entities.spans(tags)] == [
        (0, 2, "PER"),
        (2, 3, "PER"),
        (4, 5, "LOC"),
        (5, 6, "ORG"),
        (6, 7, "ORG"),
    ]


def test_rank_correlation_shares_ranks_of_equals() -> None:
    values = np.asarray([1, 2, 2, 5], dtype=np.float32)
    assert vectors.spearman(values, values**3) == pytest.approx(1)
    assert vectors.spearman(values, -values) == pytest.approx(-1)
    assert vectors.spearman(values, np.asarray([1, 2, 3, 4], np.float32)) == pytest.approx(0.9486833)


def test_pairs_are_drawn_alike_each_time_in_equal_thirds() -> None:
    prose = [[f"Story {a} says in sentence {n} what it rained." for n in range(9)] for a in range(6)]
    pairs = wild.sentence_pairs(prose, 30)
    assert pairs == wild.sentence_pairs(prose, 30)
    assert len(pairs) == 30
    assert all(one[0] == other[0] and one != other for one, other in pairs[10:20])
    assert all(one[0] ^ other[0] == 1 for one, other in pairs[20:])


def test_crumbs_are_no_sentences_of_a_pair() -> None:
    prose = [["Share", *(f"It rained in town number {n} all day." for n in range(4))], ["Tweet", "More"]]
    places = {place for pair in wild.sentence_pairs([*prose, *prose], 12) for place in pair}
    assert {sentence for _, sentence in places} <= {1, 2, 3, 4}


def test_floors_and_ceilings(tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[all.floor]\nlas = 80\nuas = 90\n[all.ceiling]\nmae = 0.5\n", encoding="utf-8")
    found = [Figure("las", 79.9, 1, "words", "x"), Figure("mae", 0.6, 1, "predicates", "x")]
    assert figures.broken(found, floors, "all") == [
        "las is 79.9, its floor 80",
        "mae is 0.6, its ceiling 0.5",
    ]
    assert "79.900" in figures.table(found)


def test_the_floors_file_names_figures_that_there_are() -> None:
    limits = figures.limits(figures.FLOORS, "all")
    known = {"upos", "las", "sentence_starts", "entities", "uds_r", "uds_mae", "vectors"}
    assert known <= {*limits["floor"], *limits["ceiling"]}


@pytest.mark.shared
@pytest.mark.issue(3)
@pytest.mark.skipif(not figures.DATA.exists(), reason="../shared is not here")
@pytest.mark.skipif(
    load_meta().heads is None, reason="the model in the package has no heads but attribution's"
)
def test_the_shipped_model_holds_its_floors_on_a_slice() -> None:
    found = [*syntax.measure(10), *entities.measure(10), *factuality.measure(60)]
    assert figures.broken(found, figures.FLOORS, "slice") == []
    names = {one.name for one in found}
    slices = figures.limits(figures.FLOORS, "slice")
    assert {*slices["floor"], *slices["ceiling"]} <= names
