"""`python -m training.pronouns`: fit the weights by which pronouns are resolved.

He and she are fitted on GAP's development passages (two names judged a passage), they and it on the
stories of OntoGUM's training documents; its he and she, most of which have one name to go to, took two
points of GAP's F1 away when they were added. Every pronoun is read by the package itself, with the
shipped encoder's parse, so run it again after a new encoder: some minutes on one core. The objective is
the log probability of the right names with an L2 penalty, minimised by L-BFGS from zero. What an earlier
pronoun stands for is not in the data: the first round leaves those out, the next ones take what the last
round says.

``--cross-validate`` prints the F1 of five folds of GAP's development passages instead, by which the
penalty and the features were chosen. GAP's validation passages are read by `bench.coreference` alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from spacy.tokens import Doc
from spacy.tokens import Span as SpacySpan

from bench.coreference import GAP, decide, figures, named, read_gap
from reportedly.parse import load_pipeline
from reportedly.settings import ParseSettings
from reportedly.types import Span
from reportedly.voices import pronouns
from reportedly.voices.agreement import sort_of
from reportedly.voices.names import Names
from reportedly.voices.pronouns import Antecedents
from reportedly.voices.reading import Reading

COREF = GAP.parent
WEIGHTS = Path(pronouns.__file__).with_suffix(".json")
GENRES = ("news", "interview", "bio", "speech")
"""Those of OntoGUM that read most like stories."""
FOLDS = 5
ROUNDS = 3
PENALTY = {"person": 1.0, "several": 2.0, "thing": 2.0}
STEPS = 80
PRIOR = {
    "none names 0": 8.0,
    "name fits no": -3.0,
    "coargument subject before": -3.0,
    "coargument subject after": -3.0,
    "coargument other before": -2.0,
    "coargument other after": -3.0,
    "owned by pronoun": -3.0,
    "reflexive subject": 3.0,
    "holds pronoun by acl:relcl": 1.5,
}
"""What grammar says beforehand: wrong parses hide it in the data. All other weights are drawn towards 0."""
STUBBORN = 10.0
"""How much harder those weights are held than the others."""

Shares = Mapping[int, float]
Row = tuple[int, int, tuple[str, ...]]
"""One item: its cluster or -1, the token of an earlier pronoun or -1, its features."""


@dataclass(frozen=True, slots=True)
class Example:
    """One pronoun.

    rows: of the earlier pronouns it may go back to and of itself, by token, in order. right: the clusters it
    stands for. judged: those of which that is known, None for all. pair: GAP's A and B.
    """

    sort: str
    rows: dict[int, tuple[list[Row], tuple[str, ...]]]
    right: frozenset[int]
    judged: frozenset[int] | None = None
    pair: tuple[int, int] = (-1, -1)
    gold: tuple[bool, bool] = (False, False)
    feminine: bool = False

    @property
    def token(self) -> int:
        """The pronoun's own token."""
        return next(reversed(self.rows))

    def goodness(self, shares: Shares) -> float:
        """Return how much of an item that stands for these is right."""
        if self.right:
            return sum(shares.get(cluster, 0.0) for cluster in self.right)
        judged = shares.keys() if self.judged is None else self.judged
        return 1.0 - sum(shares.get(cluster, 0.0) for cluster in judged)


def rows_of(antecedents: Antecedents, token: int) -> dict[int, tuple[list[Row], tuple[str, ...]]]:
    """Return the rows of a pronoun and of the earlier ones it may go back to."""
    found: dict[int, tuple[list[Row], tuple[str, ...]]] = {}
    for other in [*antecedents.earlier(token), token]:
        evidence = antecedents.evidence(other)
        rows = [(one.item.cluster, one.token, one.features) for one in evidence]
        found[other] = (rows, antecedents.none(other, evidence))
    return found


def without_parse(doc: Doc) -> Doc:
    """Return a copy of a Doc that has sentences and no parse."""
    words, spaces = [token.text for token in doc], [bool(token.whitespace_) for token in doc]
    plain = Doc(doc.vocab, words=words, spaces=spaces, sent_starts=[bool(t.is_sent_start) for t in doc])
    plain.ents = [SpacySpan(plain, ent.start, ent.end, label=ent.label_) for ent in doc.ents]
    return plain


def gap_examples(pipeline: Any, path: Path, parsed: bool) -> Iterator[Example]:
    """Yield the examples of a GAP table."""
    for row in read_gap(path):
        doc = pipeline.parse(row.text)
        doc = doc if parsed else without_parse(doc)
        names, (a, b) = named(doc, row)
        antecedents = Antecedents(doc, names)
        right = frozenset(one for one, yes in zip((a, b), row.right, strict=True) if yes)
        rows = rows_of(antecedents, antecedents.token_at(row.pronoun.start))
        yield Example("person", rows, right, frozenset({a, b}), (a, b), row.right, row.feminine)


@dataclass(frozen=True, slots=True)
class Text:
    """A document of OntoGUM. groups: the characters of each mention and the number of its group."""

    text: str
    groups: Sequence[tuple[Span, str]]


def read_ontogum(path: Path) -> Iterator[Text]:
    """Yield the documents of an OntoGUM file that are of `GENRES`."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for block in lines.read().split("# newdoc id = GUM_")[1:]:
            if block.partition("_")[0] in GENRES:
                yield _text_of(block)


def _text_of(block: str) -> Text:
    text, groups = "", []
    opened: dict[str, list[int]] = {}
    for line in block.splitlines():
        cells = line.split("\t")
        if line.startswith("# newpar") and text:
            text = text.rstrip() + "\n"
        if len(cells) != 10 or not cells[0].isdigit():
            continue
        marks = next((one[7:] for one in cells[9].split("|") if one.startswith("Entity=")), "")
        start, end = len(text), len(text) + len(cells[1])
        for group, opens, closes in _brackets(marks):
            if opens:
                opened.setdefault(group, []).append(start)
            if closes and opened.get(group):
                groups.append((Span(opened[group].pop(), end), group))
        text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
    return Text(text, groups)


def _brackets(marks: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield (group, whether it opens, whether it closes) of one token's marks: "(12(3)", "12)"."""
    for piece in marks.replace("(", " (").replace(")", ") ").split():
        yield piece.strip("()"), piece.startswith("("), piece.endswith(")")


def ontogum_examples(pipeline: Any, path: Path, parsed: bool) -> Iterator[Example]:
    """Yield an example for each third-person pronoun of some group."""
    for text in read_ontogum(path):
        doc = pipeline.parse(text.text)
        doc = doc if parsed else without_parse(doc)
        names = Names(Reading(doc)).mentions()
        antecedents = Antecedents(doc, names)
        for span, group in text.groups:
            sort = sort_of(text.text[span.start : span.end])
            if sort is None:
                continue
            spans = [other for other, its in text.groups if its == group]
            right = frozenset(name.cluster for name in names if any(_is_name_of(name.span, s) for s in spans))
            rows = rows_of(antecedents, antecedents.token_at(span.start))
            yield Example(sort, rows, right)


def _is_name_of(name: Span, group: Span) -> bool:
    """Whether a mention of the gold is that name, give or take a title."""
    longer = (group.end - group.start) - (name.end - name.start)
    return group.start <= name.start and name.end <= group.end and longer <= 25


def shares_of(example: Example, weights: Mapping[str, float], earlier: bool = True) -> dict[int, Shares]:
    """Return the probability of each cluster for each pronoun of an example, as `Antecedents` does.

    earlier: count the pronouns before it.
    """
    known: dict[int, Shares] = {}
    for token, (rows, none) in example.rows.items():
        whole = math.exp(sum(weights.get(name, 0.0) for name in none))
        shares: dict[int, float] = {}
        for cluster, other, features in rows:
            if other >= 0 and not earlier:
                continue
            score = math.exp(sum(weights.get(name, 0.0) for name in features))
            whole += score
            for one, share in ({cluster: 1.0} if cluster >= 0 else known.get(other, {})).items():
                shares[one] = shares.get(one, 0.0) + share * score
        known[token] = {cluster: share / whole for cluster, share in shares.items()}
    return known


@dataclass(frozen=True, slots=True)
class Table:
    """All items of all examples. features of item i: ``flat[offsets[i]:offsets[i + 1]]``."""

    flat: torch.Tensor
    offsets: torch.Tensor
    owner: torch.Tensor
    good: torch.Tensor


def _table(
    examples: Sequence[Example], numbers: dict[str, int], weights: Mapping[str, float], turn: int
) -> Table:
    """Lay out the items. weights: of the last round. turn: its number; 0 leaves earlier pronouns out."""
    flat: list[int] = []
    offsets: list[int] = []
    owner: list[int] = []
    good: list[float] = []
    for number, example in enumerate(examples):
        known = shares_of(example, weights, earlier=turn > 1) if turn else None
        for features, shares in _items(example, known):
            offsets.append(len(flat))
            flat.extend(numbers.setdefault(name, len(numbers)) for name in features)
            owner.append(number)
            good.append(example.goodness(shares))
    return Table(torch.tensor(flat), torch.tensor(offsets), torch.tensor(owner), torch.tensor(good))


def _items(example: Example, known: Mapping[int, Shares] | None) -> Iterator[tuple[tuple[str, ...], Shares]]:
    rows, none = example.rows[example.token]
    yield none, {}
    for cluster, other, features in rows:
        if other < 0:
            yield features, ({cluster: 1.0} if cluster >= 0 else {})
        elif known is not None:
            yield features, known.get(other, {})


def fit(examples: Sequence[Example], penalty: float) -> dict[str, float]:
    """Return the weight of each feature."""
    weights = dict(PRIOR)
    for turn in range(ROUNDS):
        numbers = {name: at for at, name in enumerate(weights)}
        table = _table(examples, numbers, weights, turn)
        start = torch.tensor([[weights.get(name, 0.0)] for name in numbers])
        fitted = _minimised(table, start, _penalty(list(numbers), penalty))
        weights = dict(zip(numbers, fitted, strict=True))
    return weights


def _penalty(names: Sequence[str], penalty: float) -> Callable[[torch.Tensor], torch.Tensor]:
    expected = torch.tensor([[PRIOR.get(name, 0.0)] for name in names])
    strength = torch.tensor([[penalty * (STUBBORN if name in PRIOR else 1.0)] for name in names])

    def penalised(weights: torch.Tensor) -> torch.Tensor:
        return (strength * (weights - expected) ** 2).sum()

    return penalised


def _minimised(
    table: Table, start: torch.Tensor, penalised: Callable[[torch.Tensor], torch.Tensor]
) -> list[float]:
    """Return the weights of least loss. penalised: what weights cost by themselves, summed over examples."""
    weights = start.requires_grad_()
    count = int(table.owner[-1]) + 1
    method: torch.optim.Optimizer = torch.optim.LBFGS(
        [weights], max_iter=STEPS, history_size=10, line_search_fn="strong_wolfe"
    )

    def loss() -> float:
        method.zero_grad()
        scores = torch.nn.functional.embedding_bag(table.flat, weights, table.offsets, mode="sum")[:, 0]
        highest = torch.full((count,), -1e9).scatter_reduce(0, table.owner, scores.detach(), "amax")
        parts = torch.exp(scores - highest[table.owner])
        whole = torch.zeros(count).index_add(0, table.owner, parts)
        right = torch.zeros(count).index_add(0, table.owner, parts * table.good)
        value = (torch.log(whole) - torch.log(right + 1e-6)).mean() + penalised(weights) / count
        torch.autograd.backward([value])
        return float(value.detach())

    method.step(loss)
    return [float(value) for value in weights.detach()[:, 0]]


def cross_validated(examples: Sequence[Example], penalty: float) -> dict[str, Any]:
    """Return the figures of `bench.coreference` over folds of GAP's passages."""
    order = list(range(len(examples)))
    random.Random(0).shuffle(order)
    decisions = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        weights = fit([one for at, one in enumerate(examples) if at not in held], penalty)
        decisions += [_decision(examples[at], weights) for at in sorted(held)]
    return figures(decisions)


def _decision(example: Example, weights: Mapping[str, float]) -> Any:
    ranked = sorted(shares_of(example, weights)[example.token].items(), key=lambda pair: (-pair[1], pair[0]))
    return decide(ranked, example.pair), example.gold, example.feminine


def collect(pipeline: Any, parsed: bool) -> list[Example]:
    """Return all that is fitted on."""
    gap = gap_examples(pipeline, COREF / "gap-development.tsv.gz", parsed)
    others = ontogum_examples(pipeline, COREF / "ontogum-train.conllu.gz", parsed)
    return [*gap, *(one for one in others if one.sort != "person")]


def sections(pipeline: Any) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each section of the weights file."""
    for parsed in (True, False):
        examples = collect(pipeline, parsed)
        for sort, penalty in PENALTY.items():
            weights = fit([one for one in examples if one.sort == sort], penalty)
            kept = {name: round(weights[name], 3) for name in sorted(weights) if abs(weights[name]) >= 0.005}
            yield f"{sort} {'parsed' if parsed else 'plain'}", kept


class Once:
    """A pipeline that parses each text once."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline
        self._docs: dict[str, Doc] = {}

    def parse(self, text: str) -> Doc:
        """Return the Doc of a text, without what the encoder said."""
        if text not in self._docs:
            doc = self._pipeline.parse(text)
            doc.user_data = {}
            self._docs[text] = doc
        return self._docs[text]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(
        prog="python -m training.pronouns", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--cross-validate", action="store_true", help="print figures of five folds, write nothing"
    )
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(arguments)
    torch.set_num_threads(1)
    pipeline = Once(load_pipeline("en", ParseSettings()))
    if given.cross_validate:
        for parsed in (True, False):
            gap = list(gap_examples(pipeline, COREF / "gap-development.tsv.gz", parsed))
            print("parsed" if parsed else "plain", json.dumps(cross_validated(gap, PENALTY["person"])))
        return 0
    given.out.write_text(
        json.dumps(dict(sections(pipeline)), indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
