"""One settings tree: name, default, unit and help of every setting.

Read from a TOML file (``--settings FILE``) and from ``--set group.name=value``; both are checked whole before
any work starts. A test fails on a setting that is undocumented or never read.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, cast

from reportedly.errors import ConfigurationError

MEGABYTE = 1_000_000

Value = int | float | bool | str


def setting(default: Value, help_text: str, low: float | None = None, high: float | None = None) -> Any:
    """Declare one setting: its default, what it means with its unit, and its allowed range."""
    return field(default=default, metadata={"help": help_text, "low": low, "high": high})


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """Limits on what is read."""

    max_bytes: int = setting(50 * MEGABYTE, "largest input item, in bytes, before and after unpacking", 1)
    max_html_characters: int = setting(20 * MEGABYTE, "largest HTML page, in characters", 1)
    max_text_characters: int = setting(
        5 * MEGABYTE, "longest text of one page, in characters: what a core takes two minutes for", 1
    )
    max_ratio: int = setting(200, "largest ratio of unpacked to packed size", 2)
    max_depth: int = setting(2_000, "deepest nesting of HTML tags", 10)
    max_pages_pdf: int = setting(2_000, "most pages read of one PDF", 1)
    url_timeout_seconds: float = setting(20.0, "longest wait for one HTTP request, in seconds", 0.1)
    url_redirects: int = setting(5, "most redirects followed", 0)
    url_pause_seconds: float = setting(1.0, "pause between two requests to one host, in seconds", 0)
    url_private: bool = setting(False, "allow URLs that lead to private or loopback addresses")
    url_robots: bool = setting(True, "respect robots.txt")


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How pages are taken apart."""

    min_story_characters: int = setting(25, "shortest text, in characters, that counts as a story", 1)


@dataclass(frozen=True, slots=True)
class ParseSettings:
    """The encoder."""

    threads: int = setting(1, "threads the encoder may use in one worker", 1, 256)
    max_characters: int = setting(
        1_000_000, "longest story that is parsed, in characters: half a minute of one core, 1 GB", 1_000
    )
    pipeline: str = setting(
        "",
        "name or folder of an installed spaCy pipeline for syntax, sentences and entities; empty: our own",
    )


@dataclass(frozen=True, slots=True)
class AttributionSettings:
    """What becomes a statement."""

    min_confidence: float = setting(0.0, "statements the model is less sure of are left out", 0, 1)
    author_voice: bool = setting(True, "keep the statements a story makes in its own voice")


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """The case file."""

    busy_seconds: float = setting(30.0, "how long to wait for another writer, in seconds", 0)


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """Many items."""

    commit_items: int = setting(16, "items written in one transaction", 1)
    item_seconds: float = setting(120.0, "longest time one item may take in a worker, in seconds", 1)
    worker_items: int = setting(
        1_000, "items after which a worker is replaced, so that what libraries hold on to is given back", 1
    )
    worker_megabytes: int = setting(
        6_000,
        "most memory of its own that one worker may use, in megabytes, where the system can hold it",
        500,
    )


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """What is worked out across stories."""

    claims: bool = setting(True, "work out claims and their origins when pages have been added")


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole tree."""

    read: ReadSettings = ReadSettings()
    page: PageSettings = PageSettings()
    parse: ParseSettings = ParseSettings()
    attribution: AttributionSettings = AttributionSettings()
    store: StoreSettings = StoreSettings()
    batch: BatchSettings = BatchSettings()
    corpus: CorpusSettings = CorpusSettings()


def walk() -> Iterator[tuple[str, Value, Field[Any]]]:
    """Yield every setting as (dotted name, default, its dataclass field), in the order of the tree."""
    tree = Settings()
    for group in fields(tree):
        for leaf in fields(getattr(tree, group.name)):
            yield f"{group.name}.{leaf.name}", getattr(getattr(tree, group.name), leaf.name), leaf


def load(path: Path | None = None, overrides: Iterable[str] = ()) -> Settings:
    """Build the tree from a TOML file and ``group.name=value`` overrides, the latter winning.

    Raises:
        ConfigurationError: with all problems found: unreadable file, unknown names, wrong types or ranges.
    """
    problems: list[str] = []
    values = dict(_from_file(path, problems))
    values |= dict(_from_overrides(overrides, problems))
    known = {name: (default, leaf) for name, default, leaf in walk()}
    checked: dict[str, dict[str, Value]] = {}
    for name, raw in values.items():
        if name not in known:
            problems.append(f"no setting is called {name!r}")
            continue
        try:
            group, leaf = name.split(".")
            checked.setdefault(group, {})[leaf] = _convert(name, raw, *known[name])
        except ValueError as error:
            problems.append(str(error))
    if problems:
        raise ConfigurationError(problems)
    tree = Settings()
    groups = {group: replace(getattr(tree, group), **leaves) for group, leaves in checked.items()}
    return replace(tree, **cast("Any", groups))


def _from_file(path: Path | None, problems: list[str]) -> Iterator[tuple[str, object]]:
    if path is None:
        return
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(f"cannot read settings from {path}: {error}")
        return
    for group, leaves in tree.items():
        if isinstance(leaves, Mapping):
            yield from ((f"{group}.{leaf}", value) for leaf, value in leaves.items())
        else:
            problems.append(f"{group!r} in {path} stands outside a [group]")


def _from_overrides(overrides: Iterable[str], problems: list[str]) -> Iterator[tuple[str, object]]:
    for override in overrides:
        name, equals, value = override.partition("=")
        if equals:
            yield name.strip(), value.strip()
        else:
            problems.append(f"--set wants group.name=value, not {override!r}")


def _convert(name: str, raw: object, default: Value, leaf: Field[Any]) -> Value:
    value = _typed(name, raw, default)
    low, high = leaf.metadata["low"], leaf.metadata["high"]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, not {raw!r}")
    if not isinstance(value, str) and (
        (low is not None and value < low) or (high is not None and value > high)
    ):
        raise ValueError(f"{name} must lie between {low} and {'any' if high is None else high}, not {value}")
    return value


def _typed(name: str, raw: object, default: Value) -> Value:
    if isinstance(default, bool):
        text = str(raw).lower()
        if text not in {"true", "false"}:
            raise ValueError(f"{name} must be true or false, not {raw!r}")
        return text == "true"
    wanted = type(default)
    try:
        return wanted(str(raw).replace("_", "")) if wanted is not str else str(raw)
    except ValueError:
        kind = "a whole number" if wanted is int else "a number"
        raise ValueError(f"{name} must be {kind}, not {raw!r}") from None
