"""One TOML file records a training run; its hash names the run."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from reportedly.types import content_id

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class DataConfig:
    """Which files are read; paths are relative to the repository."""

    train: str
    dev: str
    held_out: int
    limit: int
    context: int


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The network beyond its starting weights.

    start: their SHA-256, "" for random ones (tests), or a run whose best.pt to begin with, as a folder of the
    repository. published: SHA-256 of the weights that sentence vectors are to be like. features: whether
    case, breaks and quotation are read. chain: whether the labels' transitions are learned (a CRF) or only
    BIO's own rules hold. learns: the parameters that are learned, by how their names begin; all where empty.
    """

    dropout: float
    link_width: int
    start: str
    published: str
    features: bool = True
    chain: bool = True
    layers: int = 6
    width: int = 384
    learns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """The optimiser and its schedule."""

    seed: int
    epochs: int
    batch_pieces: int
    encoder_rate: float
    head_rate: float
    warmup: float
    weight_decay: float
    clip: float
    ema: float
    link_weight: float
    checkpoint_steps: int
    threads: int


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """Shares of the documents, windows and pieces that are changed in training.

    quotes, stops: documents whose quotation marks or full stops are set in another way. case: windows that
    lose their letter case. mask: pieces.
    """

    quotes: float
    case: float
    mask: float
    stops: float = 0.0


@dataclass(frozen=True, slots=True)
class TaskConfig:
    """What is learned beside attribution, and how often each corpus is read in a round.

    treebanks, entities, factuality: files, relative to the repository. wild: articles of plain news, for
    sentence vectors only. The numbers beside them say how many passes a round makes. weights: of each loss,
    by the fields of `training.heads.Weights`.
    """

    treebanks: list[str]
    treebank_passes: int
    entities: list[str]
    entity_passes: int
    factuality: list[str]
    wild: str
    wild_articles: int
    attribution_weight: float
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class TrialConfig:
    """What was tried and is no part of the released run.

    words: weight of guessing masked words of the plain news (Devlin et al. 2019). annotators: whether the
    network is told, in training, whose annotation it reads.
    """

    words: float = 0.0
    annotators: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """The whole run."""

    data: DataConfig
    model: ModelConfig
    train: TrainConfig
    augment: AugmentConfig
    tasks: TaskConfig
    trial: TrialConfig = TrialConfig()

    @property
    def hash(self) -> str:
        """The run's name: a content hash of every value."""
        tree = asdict(self)
        if self.trial == TrialConfig():
            del tree["trial"]
        if not self.model.learns:
            del tree["model"]["learns"]
        if not self.augment.stops:  # hashes of the runs before there was this one stay
            del tree["augment"]["stops"]
        return content_id(repr(sorted(tree.items())))


def load(path: Path) -> Config:
    """Read a run's configuration. Raises KeyError or TypeError for missing or unknown names."""
    tree: dict[str, dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds = {
        "data": DataConfig,
        "model": ModelConfig,
        "train": TrainConfig,
        "augment": AugmentConfig,
        "tasks": TaskConfig,
        "trial": TrialConfig,
    }
    parts: dict[str, Any] = {
        one.name: kinds[one.name](**tree[one.name]) for one in fields(Config) if one.name in tree
    }
    return Config(**parts)
