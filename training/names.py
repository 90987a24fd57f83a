"""GUM's entity mentions -> names: GUM marks every noun phrase, we want the proper ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}
_LINKS = {
    "person": frozenset({"de", "la", "van", "von", "bin", "al", "-", "."}),
    "place": frozenset({"of", "the", "de", "la", "'s", "-", "."}),
}
_LONGER = frozenset({"of", "the", "and", "for", "de", "la", "'s", "-", "&", "."})


def named_spans(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """Return the BIO label of each word that is part of a name, by the word's place.

    A mention is named if its head is a proper noun; its name runs from its first to its last proper noun,
    unless words stand between that no name has. A name within another's is left out.
    """
    found: list[tuple[int, int, str]] = []
    for first, last, kind, head in _mentions(rows):
        if kind in _KINDS and rows[head][3] == "PROPN":
            name = _name(rows, (first, last), head, _LINKS.get(kind, _LONGER))
            found.append((*name, _label(rows, head, kind)))
    labels: dict[int, str] = {}
    for first, last, label in sorted(found, key=lambda one: one[0] - one[1]):
        if not any(place in labels for place in range(first, last)):
            labels |= dict.fromkeys(range(first, last), f"I-{label}") | {first: f"B-{label}"}
    return labels


def _label(rows: Sequence[Sequence[str]], head: int, kind: str) -> str:
    """ "Americans" are a group, not a person: a plural proper noun of a person is a nationality or party."""
    return "NORP" if kind == "person" and rows[head][4] == "NNPS" else _KINDS[kind]


def _mentions(rows: Sequence[Sequence[str]]) -> list[tuple[int, int, str, int]]:
    """Return (first, last + 1, kind, head) of the mentions of a sentence."""
    opened: dict[str, list[tuple[int, str, int]]] = {}
    found: list[tuple[int, int, str, int]] = []
    for place, row in enumerate(rows):
        marks = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for mark in re.finditer(r"\(([^()]*)|([^()]*)\)", marks):
            if mark.group(1) is not None:
                fields = mark.group(1).split("-")
                # GRP-etype-infstat-salience-centering-minspan-link-identity
                if len(fields) >= 6:
                    head = int(fields[5].split(",")[0]) if fields[5].split(",")[0].isdigit() else 1
                    opened.setdefault(fields[0], []).append((place, fields[1], head))
                    if marks[mark.end() : mark.end() + 1] == ")":
                        found.append(_closed(opened[fields[0]].pop(), place))
            elif mark.group(2) and opened.get(mark.group(2)):
                found.append(_closed(opened[mark.group(2)].pop(), place))
    return found


def _closed(mention: tuple[int, str, int], place: int) -> tuple[int, int, str, int]:
    first, kind, head = mention
    return first, place + 1, kind, min(first + head - 1, place)


def _name(
    rows: Sequence[Sequence[str]], bounds: tuple[int, int], head: int, links: frozenset[str]
) -> tuple[int, int]:
    first, last = bounds
    proper = [place for place in range(first, last) if rows[place][3] == "PROPN"]
    run = [head]
    for place in range(head + 1, last):
        if place in proper:
            run.append(place)
        elif not _joins(rows[place], links):
            break
    for place in range(head - 1, first - 1, -1):
        if place in proper:
            run.append(place)
        elif not _joins(rows[place], links):
            break
    return min(run), max(run) + 1


def _joins(row: Sequence[str], links: frozenset[str]) -> bool:
    return row[1].lower() in links
