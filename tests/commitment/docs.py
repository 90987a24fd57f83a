"""Docs for the tests: made by hand, or with the parse that the model gave once."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import spacy
from spacy.tokens import Doc


@cache
def english() -> Any:
    """Return a blank English pipeline that starts sentences at full stops."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def plain(text: str) -> Doc:
    """Return a Doc without a parse."""
    doc: Doc = english()(text)
    return doc


def frozen(row: Mapping[str, Any]) -> Doc:
    """Return the Doc of a line of parsed.jsonl: words with blanks, and pos/tag/dep/distance to the head."""
    words = [word.rstrip(" ") for word in row["words"]]
    cells = [cell.rsplit("/", 3) for cell in row["parse"].split(" ")]
    return parsed(words, cells, [word.endswith(" ") for word in row["words"]], row["starts"])


def parsed(
    words: Sequence[str], cells: Sequence[Sequence[str]], spaces: Sequence[bool], starts: Sequence[int] = (0,)
) -> Doc:
    """Return a Doc with the given parse; heads are given as distances. starts: sentences' first tokens."""
    heads = [at + int(cell[3]) for at, cell in enumerate(cells)]
    doc = Doc(
        english().vocab,
        words=list(words),
        spaces=list(spaces),
        pos=[cell[0] for cell in cells],
        tags=[cell[1] for cell in cells],
        deps=[cell[2] for cell in cells],
        heads=heads,
    )
    assert [token.i for token in doc if token.is_sent_start] == list(starts)
    return doc
