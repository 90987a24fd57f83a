"""What a run reads, and the batches of one round over all corpora."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from reportedly.model.places import is_demonym
from reportedly.parse.features import read_pieces
from reportedly.parse.sentences import sentence_starts
from reportedly.parse.windows import CONTEXT, LIMIT
from training.config import ROOT, Config
from training.corpora import (
    Sentence,
    factuality_sentences,
    lay_out,
    lower_cased,
    read_conllu,
    read_entities,
    read_text,
    with_factuality,
    without_entities,
)
from training.data import (
    Document,
    Example,
    Labelled,
    attribution_examples,
    batches,
    examples,
    noisy,
    read_documents,
    split,
)
from training.layers import Names, lay, read_names
from training.teacher import Teacher, Vectors

TOKENIZER = ROOT / "src" / "reportedly" / "model" / "tokenizer.json"

APART, LOWER = 0.25, 0.1
"""Shares of the documents of treebanks and entity corpora set with blanks around words, and lower-cased."""
WILD_CHARACTERS = 3_000
"""Characters read of an article of plain news."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One document of a treebank or entity corpus, with the teacher's vectors of its sentences."""

    sentences: list[Sentence]
    vectors: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Data:
    """What a run reads."""

    train: list[Document]
    held_out: list[Document]
    dev: list[Document]
    tokenizer: Tokenizer
    names: Names
    treebanks: list[Tree]
    entities: list[Tree]
    wild: list[Document]
    trees_dev: list[Tree]


def read_data(config: Config, cache: Path) -> Data:
    """Read the corpora that the configuration names; ``cache`` keeps the teacher's vectors."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    train, held_out = split(read_documents(ROOT / config.data.train), config.data)
    dev = list(read_documents(ROOT / config.data.dev))
    trees = _treebanks(config)
    entities = [Tree(one) for path in config.tasks.entities for one in _entities(ROOT / path)]
    wild = list(_wild(config))
    names = read_names(one.sentences for one in trees)
    if config.tasks.weights["vectors"]:
        teacher = Teacher(config.model, tokenizer, cache)
        train, wild = _taught(train, teacher), _taught(wild, teacher)
        trees = _trees_taught(trees, teacher)
    last = [Tree(one) for path in config.tasks.treebanks for one in _dev_of(ROOT / path)]
    return Data(train, held_out, dev, tokenizer, names, trees, entities, wild, last)


def _treebanks(config: Config) -> list[Tree]:
    found: list[Tree] = []
    factuality = [ROOT / path for path in config.tasks.factuality]
    for path in config.tasks.treebanks:
        documents: Iterable[list[Sentence]] = read_conllu(ROOT / path)
        if "Entity=" not in read_text(ROOT / path):
            documents = without_entities(documents)
        found += [Tree(one) for one in with_factuality(documents, factuality)]
    shared = {" ".join(word.form for word in one.words) for tree in found for one in tree.sentences}
    for values in factuality:
        alone = factuality_sentences(values)
        found += [Tree(one) for one in alone if " ".join(w.form for w in one[0].words) not in shared]
    return found


def _dev_of(path: Path) -> list[list[Sentence]]:
    other = path.with_name(path.name.replace("-train", "-dev"))
    return list(read_conllu(other)) if other != path and other.exists() else []


def _entities(path: Path) -> Iterator[list[Sentence]]:
    """Read an entity corpus; runs of its sentences make up documents: nothing is read one by one later."""
    nationalities = _Nationalities()
    draw = random.Random(path.name)
    held: list[Sentence] = []
    for one in read_entities(path, nationalities):
        held += [replace(one[0], opens=draw.random() < 0.5)]
        if len(held) >= draw.choice([1, 1, 2, 4, 8]):
            yield held
            held = []
    if held:
        yield held


class _Nationalities(frozenset[str]):
    """Every word that names a nationality."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and word[:1].isupper() and is_demonym(word)


def _wild(config: Config) -> Iterator[Document]:
    if not config.tasks.wild_articles:
        return
    lines = read_text(ROOT / config.tasks.wild).split("\n")
    for line in islice(lines, 0, None, max(1, len(lines) // config.tasks.wild_articles)):
        if line.strip():
            tree = json.loads(line)
            yield Document(tree["id"], tree["text"][:WILD_CHARACTERS], ())


def _taught(documents: Sequence[Document], teacher: Teacher) -> list[Document]:
    bounds = [_sentence_bounds(document.text) for document in documents]
    texts = [document.text[a:b] for document, spans in zip(documents, bounds, strict=True) for a, b in spans]
    vectors = teacher.vectors(texts)
    found, at = [], 0
    for document, spans in zip(documents, bounds, strict=True):
        found.append(replace(document, sentences=tuple(spans), vectors=vectors[at : at + len(spans)]))
        at += len(spans)
    return found


def _sentence_bounds(text: str) -> list[tuple[int, int]]:
    starts = sorted({0, *sentence_starts(text)})
    stretches = [(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    trimmed = [(a, a + len(text[a:b].rstrip())) for a, b in stretches]
    return [(a, b) for a, b in trimmed if b > a]


def _trees_taught(trees: Sequence[Tree], teacher: Teacher) -> list[Tree]:
    laid = [lay_out(tree.sentences) for tree in trees]
    vectors = teacher.vectors([one.text[a:b] for one in laid for a, b in one.spans()])
    found, at = [], 0
    for tree in trees:
        found.append(replace(tree, vectors=vectors[at : at + len(tree.sentences)]))
        at += len(tree.sentences)
    return found


def tree_examples(tree: Tree, data: Data, draw: random.Random, plain: bool = False) -> list[Example]:
    """Cut one document of a treebank or entity corpus into windows; ``plain``: as its corpus has it."""
    sentences = tree.sentences if plain else lower_cased(tree.sentences, draw, LOWER)
    laid_out = lay_out(sentences, apart=not plain and draw.random() < APART)
    pieces = read_pieces(laid_out.text, data.tokenizer)
    laid = lay(laid_out, pieces, data.names, tree.vectors)
    nothing = np.zeros(len(pieces.ids), dtype=np.int64)
    labelled = Labelled(pieces, nothing, (), laid.layers, attributed=False)
    return list(examples(labelled, LIMIT if plain else draw.randint(CONTEXT, LIMIT)))


def _round(data: Data, config: Config, draw: random.Random) -> Iterator[list[Example]]:
    """Yield each corpus's windows, one list a pass."""
    yield attribution_examples(data.train, data.tokenizer, config, draw)
    for _ in range(config.tasks.treebank_passes):
        yield [one for tree in data.treebanks for one in tree_examples(tree, data, draw)]
    for _ in range(config.tasks.entity_passes):
        yield [one for tree in data.entities for one in tree_examples(tree, data, draw)]
    if data.wild:
        found = attribution_examples(data.wild, data.tokenizer, config, draw)
        found = [replace(one, attributed=False) for one in found]
        yield [_masked(one, draw) for one in found] if config.trial.words else found


def _masked(example: Example, draw: random.Random) -> Example:
    """Take a seventh of the ids away."""
    places = np.array([n for n in range(len(example.ids)) if draw.random() < 1 / 7], dtype=np.int64)
    ids = example.ids.copy()
    ids[places] = 103  # [MASK]
    layers = replace(example.layers, masked=places, originals=example.ids[places])
    return replace(example, ids=ids, layers=layers)


def epoch(data: Data, config: Config, number: int) -> list[list[Example]]:
    """Return the batches of a round, the same for one config. A batch holds windows of one corpus."""
    draw = random.Random(config.train.seed * 1_000 + number)
    noise = np.random.default_rng(draw.getrandbits(64))
    found: list[list[Example]] = []
    for windows in _round(data, config, draw):
        changed = [noisy(one, config.augment, noise) for one in windows]
        draw.shuffle(changed)
        found += batches(changed, config.train.batch_pieces, draw)
    draw.shuffle(found)
    return found
