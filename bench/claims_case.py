"""Large cases for `bench.claims_scale`, made from a small one: half one is too slow for 8,000 articles.

Every article of the small case is copied with other words, names, numbers, days and vectors, so that no copy
tells what another tells:

* the words that most articles share and the commonest names stay; each other word becomes another of the same
  length that is about as common, each other name becomes a new one, digits become other digits. Offsets hold.
  A word of a copy becomes the same word everywhere in it.
* a vector becomes a mean of itself and another statement's.
* days move by up to a year, each copy on its own.
* one copy in twenty is another outlet's reprint of a copy before it.

So the words' and names' frequencies grow with the corpus about as they do in news. What it does not have is
many outlets on one event in words of their own.
"""

from __future__ import annotations

import datetime
import json
import random
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportedly import schema
from reportedly.store import Case
from reportedly.types import content_id

SEED = 5
COMMON_WORDS = 400
COMMON_NAMES = 150
REPRINTS = 0.05
OWN_SHARE = 0.6
DAYS = 365

_TOKEN = re.compile(r"[A-Za-z]{3,}|\d+")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghklmnprstvwz"

Row = dict[str, Any]
Words = Callable[[str | None], str | None]


class Small:
    """A case in memory: the rows of each article, and how common its words are."""

    def __init__(self, path: Path) -> None:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        self.engines = _rows(connection, "SELECT * FROM engines")
        self.pages = {row["id"]: row for row in _rows(connection, "SELECT * FROM pages")}
        self.stories = _rows(connection, "SELECT * FROM stories WHERE NOT partial ORDER BY id")
        self.statements = _by(_rows(connection, "SELECT * FROM statements ORDER BY id"), "story_id")
        self.parts = {
            table: _by(_rows(connection, f"SELECT * FROM {table}"), "statement_id")
            for table in ("excerpts", "voices", "times", "ties", "mentions")
        }
        connection.close()
        self.outlets = sorted({row["outlet"] for row in self.stories if row["outlet"]})
        every = [one for group in self.statements.values() for one in group if one["vector"]]
        self.vectors = np.stack([_vector(one["vector"]) for one in every])
        self._count_words()

    def _count_words(self) -> None:
        spread: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for row in self.stories:
            tokens = set(_TOKEN.findall(row["text"]))
            spread.update({token.lower() for token in tokens})
            capital.update({token.lower() for token in tokens if token[0].isupper()} - tokens)
        self.names = {word for word, count in capital.items() if count > 0.8 * spread[word]}
        ranked = [word for word, _ in sorted(spread.items(), key=lambda one: (-one[1], one[0]))]
        words = [word for word in ranked if word not in self.names and not word.isdigit()]
        names = [word for word in ranked if word in self.names]
        self.kept = {*words[:COMMON_WORDS], *names[:COMMON_NAMES]}
        self.others: defaultdict[int, list[str]] = defaultdict(list)
        for word in words[COMMON_WORDS:]:
            self.others[len(word)].append(word)
        self.place = {word: at for found in self.others.values() for at, word in enumerate(found)}


def enlarge(small: Small, path: Path, articles: int) -> None:
    """Write a case of so many articles to ``path``; the first ones are the small case's own."""
    path.unlink(missing_ok=True)
    with Case.create_or_open(path, 1.0):
        pass
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("BEGIN")
    _put(connection, "engines", small.engines)
    for rows in _articles(small, articles):
        for table, found in rows.items():
            _put(connection, table, found)
    connection.execute("COMMIT")
    connection.close()


def _articles(small: Small, articles: int) -> Iterator[dict[str, list[Row]]]:
    draw = random.Random(SEED)
    made: list[tuple[int, int]] = []
    for number in range(articles):
        copy, at = divmod(number, len(small.stories))
        if copy and made and draw.random() < REPRINTS:
            copy, at = draw.choice(made)
            yield _article(small, at, copy, number, draw.choice(small.outlets))
            continue
        if copy:
            made.append((copy, at))
        yield _article(small, at, copy, number, None)


def _article(small: Small, at: int, copy: int, number: int, outlet: str | None) -> dict[str, list[Row]]:
    """Return the rows of a copy of an article; copy 0 is itself. outlet: of a reprint, of the same words."""
    story = small.stories[at]
    words = _changed_words(small, random.Random(f"{at} {copy}")) if copy else _same
    draw = random.Random(f"{number} of {SEED}")
    shift = datetime.timedelta(days=draw.randrange(DAYS)) if copy else datetime.timedelta(0)
    page_id, story_id = content_id("page", str(number)), content_id("story", str(number))
    page = {**small.pages[story["page_id"]], "id": page_id, "name": f"rows.jsonl#{number}", "text": ""}
    told = {
        **story,
        "id": story_id,
        "page_id": page_id,
        "title": words(story["title"]),
        "byline": words(story["byline"]),
        "outlet": outlet or story["outlet"],
        "text": words(story["text"]),
        "edits": "[]",
        **{key: _later(story[key], shift) for key in ("published", "published_first", "published_last")},
        "published_at": None if copy else story["published_at"],
    }
    found: dict[str, list[Row]] = {"pages": [page], "stories": [told], "statements": []}
    found |= {table: [] for table in small.parts}
    group = small.statements.get(story["id"], [])
    ids = {one["id"]: content_id("statement", str(number), one["id"]) for one in group}
    source = random.Random(f"vectors {at} {copy}")
    for one in group:
        vector = _mixed(small, one["vector"], source) if copy else one["vector"]
        found["statements"].append(
            {
                **one,
                "id": ids[one["id"]],
                "page_id": page_id,
                "story_id": story_id,
                "parent": ids.get(one["parent"]),
                "vector": vector,
                "chain": json.dumps([told["outlet"], *map(words, json.loads(one["chain"])[1:])]),
                **{
                    key: words(one[key])
                    for key in ("source", "cue", "content", "voice_name", "voice_affiliation")
                },
            }
        )
        for table, parts in small.parts.items():
            for part in parts.get(one["id"], []):
                found[table].append(_part(table, part, ids[one["id"]], words, shift, told["outlet"]))
    return found


def _part(
    table: str, part: Row, statement: str, words: Words, shift: datetime.timedelta, outlet: str | None
) -> Row:
    made = {**part, "statement_id": statement}
    if table == "voices" and part["position"] == 0:
        return {**made, "label": outlet, "name": outlet}
    texts = {
        "excerpts": ("text",),
        "voices": ("label", "name", "affiliation", "candidates"),
        "times": ("text",),
        "ties": ("subject_name", "object_name", "relation"),
        "mentions": ("name",),
    }[table]
    made |= {key: words(part[key]) for key in texts}
    if table == "times":
        made |= {key: _later(part[key], shift) for key in ("first_day", "last_day")}
    return made


def _same(text: str | None) -> str | None:
    return text


def _changed_words(small: Small, draw: random.Random) -> Words:
    """Return a function that changes the words of a text, each always into the same one."""
    known: dict[str, str] = {}

    def one(match: re.Match[str]) -> str:
        token = match.group()
        word = token.lower()
        if word not in known:
            known[word] = _other(small, word, draw)
        other = known[word]
        if token.isupper():
            return other.upper()
        return other.capitalize() if token[0].isupper() else other

    return lambda text: _TOKEN.sub(one, text) if text else text


def _other(small: Small, word: str, draw: random.Random) -> str:
    if word in small.kept:
        return word
    if word.isdigit():
        first = draw.choice("123456789") if word[0] != "0" else "0"
        return first + "".join(draw.choice("0123456789") for _ in word[1:])
    if word in small.names or word not in small.place:
        return "".join(draw.choice(_VOWELS if letter in _VOWELS else _CONSONANTS) for letter in word)
    near = small.others[len(word)]
    at = small.place[word] + draw.randint(-60, 60)
    return near[min(max(at, 0), len(near) - 1)]


def _mixed(small: Small, vector: bytes | None, draw: random.Random) -> bytes | None:
    if vector is None:
        return None
    other = small.vectors[draw.randrange(len(small.vectors))]
    mixed = OWN_SHARE * _vector(vector) + (1 - OWN_SHARE**2) ** 0.5 * other
    unit: NDArray[np.float32] = mixed / np.linalg.norm(mixed)
    return unit.astype("<f2").tobytes()


def _vector(packed: bytes) -> NDArray[np.float32]:
    return np.frombuffer(packed, "<f2").astype(np.float32)


def _later(day: str | None, shift: datetime.timedelta) -> str | None:
    if day is None or len(day) != 10:
        return day
    try:
        return (datetime.date.fromisoformat(day) + shift).isoformat()
    except (ValueError, OverflowError):
        return day


def _rows(connection: sqlite3.Connection, sql: str) -> list[Row]:
    found = [dict(row) for row in connection.execute(sql)]
    for row in found:
        row.pop("row", None)
    return found


def _by(rows: Sequence[Row], key: str) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return dict(found)


def _put(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        connection.executemany(schema.insert(schema.tables()[table]), rows)
