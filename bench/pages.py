"""Main text and metadata of HTML pages against ../shared/data/pages (evaluate only: look at totals).

    python -m bench.pages            # a table; exit code 1 below a floor of bench/floors-pages.toml
    python -m bench.pages --json

The article extraction benchmark (aeb) is scored by shingles of four words, precision, recall and F1 a page,
averaged, as its authors do. The pages of the trafilatura evaluation are scored by the segments that must and
must not stand in the text. Beside each of our figures stands plain trafilatura's own (`extract` without
comments).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from reportedly.errors import RejectedError
from reportedly.page import split_stories
from reportedly.read.charset import decode
from reportedly.read.html import visible_blocks
from reportedly.settings import PageSettings
from reportedly.types import Media, Page, Story

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "pages"
FLOORS = Path(__file__).with_name("floors-pages.toml")
SHINGLE = 4

Figures = dict[str, float]


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; return 1 if one lies below its floor, 3 where the data are missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with aeb/ and trafilatura/")
    chosen = parser.parse_args(arguments)
    if not chosen.data.is_dir():
        print(f"{chosen.data} is not here", file=sys.stderr)
        return 3
    figures = {"aeb": score_aeb(chosen.data / "aeb"), "segments": score_segments(chosen.data / "trafilatura")}
    low = below(figures)
    if chosen.json:
        print(json.dumps({**figures, "below": low}, indent=1))
    else:
        for name, group in figures.items():
            for key, value in group.items():
                print(f"{name:10} {key:24} {value:10.4f}")
        print("\n".join(low) or "all floors hold")
    return 1 if low else 0


def below(figures: Mapping[str, Figures]) -> list[str]:
    """Return a sentence for each figure below its floor."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    low = [
        f"{group}.{key} is {figures[group][key]:.4f}, its floor {floor}"
        for group, pinned in floors.items()
        for key, floor in pinned.items()
        if figures[group][key] < floor
    ]
    if figures["aeb"]["f1"] < figures["aeb"]["trafilatura_f1"] - 0.005:
        low.append("aeb.f1 is below plain trafilatura's by more than 0.005")
    return low


def score_aeb(folder: Path) -> Figures:
    """Return the mean precision, recall and F1 of four-word shingles, ours and plain trafilatura's."""
    truth: dict[str, dict[str, str]] = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    ours: list[tuple[float, float, float]] = []
    plain: list[tuple[float, float, float]] = []
    seconds = 0.0
    for name, entry in truth.items():
        page = read(folder / "html" / f"{name}.html.gz")
        wanted = shingles(entry["articleBody"])
        begun = time.perf_counter()
        stories = split(page)
        seconds += time.perf_counter() - begun
        ours.append(agreement(shingles(" ".join(story.text for story in stories)), wanted))
        plain.append(agreement(shingles(plain_text(page)), wanted))
    figures = dict(zip(("precision", "recall", "f1"), means(ours), strict=True))
    figures |= dict(
        zip(("trafilatura_precision", "trafilatura_recall", "trafilatura_f1"), means(plain), strict=True)
    )
    return {**figures, "pages": float(len(truth)), "seconds_a_page": seconds / len(truth)}


def score_segments(folder: Path) -> Figures:
    """Return the shares of wanted segments found, of unwanted ones left out, and of dates and titles
    right.
    """
    entries: dict[str, dict[str, Any]] = json.loads((folder / "evaldata.json").read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for entry in entries.values():
        page = read(folder / "html" / f"{entry['file']}.gz")
        stories = split(page)
        for name, text in (
            ("", " ".join(story.text for story in stories)),
            ("trafilatura_", plain_text(page)),
        ):
            counts.update(_segments(entry, even(text), name))
        counts.update(_metadata(entry, stories))
    pairs = {"with": "with", "without": "without", "date": "dates", "title": "titles"}
    pairs |= {"trafilatura_with": "with", "trafilatura_without": "without"}
    return {name: counts[name] / max(counts[f"all_{whole}"], 1) for name, whole in pairs.items()}


def _segments(entry: Mapping[str, Any], text: str, prefix: str) -> Iterator[str]:
    for segment in entry["with"]:
        yield from ["all_with"] if not prefix else []
        yield from [f"{prefix}with"] if even(segment) in text else []
    for segment in entry["without"]:
        yield from ["all_without"] if not prefix else []
        yield from [f"{prefix}without"] if even(segment) not in text else []


def _metadata(entry: Mapping[str, Any], stories: tuple[Story, ...]) -> Iterator[str]:
    """Count a date or title as right where the evaluation names one and ours is the same."""
    meta = stories[0].metadata if stories else None
    if entry.get("date"):
        yield "all_dates"
        if meta and meta.published and meta.published.value == entry["date"]:
            yield "date"
    if entry.get("title"):
        yield "all_titles"
        if meta and meta.title and even(meta.title).lower() == even(entry["title"]).lower():
            yield "title"


def read(path: Path) -> Page:
    """Return the page of a gzipped HTML file."""
    html = decode(gzip.decompress(path.read_bytes()))
    text, blocks = visible_blocks(html)
    return Page(path.stem, path.name, Media.HTML, text, html, {}, blocks)


def split(page: Page) -> tuple[Story, ...]:
    """Return the stories of ``page``, none where it is refused."""
    try:
        return split_stories(page, PageSettings())
    except RejectedError:
        return ()


def plain_text(page: Page) -> str:
    """Return what trafilatura alone extracts."""
    return import_module("trafilatura").extract(page.html, include_comments=False) or ""


def even(text: str) -> str:
    """Return ``text`` with one blank between words."""
    return " ".join(text.split())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of ``text``, counted."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + SHINGLE]) for i in range(max(len(words) - SHINGLE + 1, 1)))


def agreement(
    found: Counter[tuple[str, ...]], wanted: Counter[tuple[str, ...]]
) -> tuple[float, float, float]:
    """Return precision, recall and F1 of shingles."""
    both = sum((found & wanted).values())
    precision, recall = both / max(sum(found.values()), 1), both / max(sum(wanted.values()), 1)
    return precision, recall, 2 * precision * recall / (precision + recall) if both else 0.0


def means(rows: list[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Return the mean of each column."""
    first, second, third = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return first, second, third


if __name__ == "__main__":
    sys.exit(main())
