"""A claim's JSON line as the picture and the list need it: what each statement says, what rests on what.

The line is the public contract and nothing else is read. A key that is missing is empty; what names a
statement that the line does not hold is left out or shown as lying outside, so that no arrow ends nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reportedly.export.lineage.days import When, when_of
from reportedly.export.plain import one_line
from reportedly.export.telling import NO_OUTLET, NOT_NAMED

Line = Mapping[str, Any]


class Side(StrEnum):
    """How a statement stands to the claim."""

    SUPPORT = "support"
    OTHER = "other"  # of another claim, named by this one: the parent of a distortion
    HEDGED = "hedged"  # it says no more than "may"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Saying:
    """One statement.

    story: what its story is known by. voice: on whose word, None where the story says it itself. about: what
    is known of the voice beside its name. via: outlets on the way, outermost first.
    """

    id: str
    side: Side
    story: str
    outlet: str | None
    when: When
    words: str
    voice: str | None
    kind: str | None
    about: str
    via: tuple[str, ...]
    commitment: str | None

    @property
    def house(self) -> str:
        """The outlet as it is shown."""
        return self.outlet or NO_OUTLET


@dataclass(frozen=True, slots=True)
class Link:
    """``target`` rests on ``source``, or on ``outside`` where that is no statement of the line."""

    source: str | None
    target: str
    outside: str | None
    how: str
    credited: bool
    certain: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One statement answers another: it denies, contradicts, corrects or withdraws it."""

    statement: str
    answers: str
    relation: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """``target`` took the wording of ``source`` over and changed it."""

    source: str
    target: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim's line, read.

    sayings: in the line's order, by id. loops: cycles of stories. outlets, stories: how many support it.
    """

    id: str
    text: str
    sayings: Mapping[str, Saying]
    links: tuple[Link, ...]
    answers: tuple[Answer, ...]
    changes: tuple[Change, ...]
    low: int
    high: int
    grounds: tuple[tuple[str, ...], ...]
    outside: tuple[str, ...]
    reasons: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]
    first_seen: str | None
    outlets: int
    stories: int

    def on(self, side: Side) -> list[Saying]:
        """Return the statements of one side."""
        return [saying for saying in self.sayings.values() if saying.side is side]


def read(line: Line) -> Claim:
    """Read a claim's JSON line."""
    sayings = _sayings(line)
    support = [saying for saying in sayings.values() if saying.side is Side.SUPPORT]
    origins: Line = line.get("origins") or {}
    return Claim(
        id=str(line.get("id") or ""),
        text=_clean(str(line.get("text") or "")),
        sayings=sayings,
        links=tuple(_links(line, sayings)),
        answers=tuple(_answers(line, sayings)),
        changes=tuple(_changes(line, sayings)),
        low=int(origins.get("low") or 0),
        high=int(origins.get("high") or 0),
        grounds=tuple(
            tuple(one for one in ground if one in sayings) for ground in origins.get("grounds") or ()
        ),
        outside=tuple(_clean(str(one)) for one in origins.get("outside") or ()),
        reasons=_texts(origins.get("reasons")),
        loops=tuple(_loops(line, sayings)),
        first_seen=line.get("first_seen"),
        outlets=_count(line.get("outlets"), {saying.house for saying in support}),
        stories=_count(line.get("stories"), {saying.story for saying in support}),
    )


def _sayings(line: Line) -> dict[str, Saying]:
    found: dict[str, Saying] = {}
    keys = {"against": Side.AGAINST, "support": Side.SUPPORT, "hedged": Side.HEDGED, "others": Side.OTHER}
    sides = {
        str(one["id"]): side
        for key, side in reversed(keys.items())
        for one in line.get(key) or ()
        if isinstance(one, Mapping)
    }
    for key in ("support", "others", "hedged", "against"):
        for one in line.get(key) or ():
            if isinstance(one, Mapping) and str(one["id"]) not in found:
                found[str(one["id"])] = _saying(one, sides[str(one["id"])])
    return found


def _saying(line: Line, side: Side) -> Saying:
    outlet, *others = line.get("chain") or [None]
    outlet = line.get("outlet") or outlet
    voice: Line = line.get("voice") or {}
    own = not others
    name = _clean(str(others[-1] or NOT_NAMED)) if others else None
    return Saying(
        id=str(line["id"]),
        side=side,
        story=_story(line),
        outlet=_clean(str(outlet)) if outlet else None,
        when=when_of(line.get("published")),
        words=_words(line.get("content")),
        voice=name,
        kind=None if own else voice.get("kind"),
        about="" if name is None else _about(voice, name),
        via=tuple(_clean(str(one or NOT_NAMED)) for one in others[:-1]),
        commitment=line.get("commitment"),
    )


def _story(line: Line) -> str:
    known = line.get("story_id")
    return str(known) if known else f"{line.get('page', line['id'])}#{line.get('story', 0)}"


def _words(content: object) -> str:
    pieces = [content] if isinstance(content, str | Mapping) or content is None else content
    if not isinstance(pieces, Iterable):
        return ""
    texts = [piece.get("text") if isinstance(piece, Mapping) else piece for piece in pieces]
    return _clean(" … ".join(str(text) for text in texts if text))


def _about(voice: Line, name: str) -> str:
    several = "several of them" if voice.get("number") == "several" else None
    unnamed = "not to be named" if voice.get("anonymous") else None
    itself = "about itself" if voice.get("of_itself") else None
    facts = [voice.get("role"), voice.get("affiliation"), several, unnamed, itself]
    return ", ".join(_clean(str(fact)) for fact in facts if fact and str(fact) not in name)


def _links(line: Line, sayings: Mapping[str, Saying]) -> Iterable[Link]:
    for one in line.get("derivations") or ():
        source, target = one.get("from"), one.get("to")
        if target not in sayings or source == target:
            continue
        known = source in sayings
        yield Link(
            source=source if known else None,
            target=target,
            outside=None if known else _clean(str(one.get("outside") or "a story that is not shown here")),
            how=str(one.get("how") or "rests on"),
            credited=bool(one.get("credited")),
            certain=one.get("certainty") != "may",
            evidence=_clean(str(one.get("evidence") or "")),
        )


def _answers(line: Line, sayings: Mapping[str, Saying]) -> Iterable[Answer]:
    for one in line.get("disputes") or ():
        statement, answers = one.get("statement", one.get("a")), one.get("answers", one.get("b"))
        if statement in sayings and answers in sayings and statement != answers:
            if sayings[answers].side is Side.AGAINST and sayings[statement].side is not Side.AGAINST:
                statement, answers = (
                    answers,
                    statement,
                )  # two that contradict each other: the other side answers
            relation = str(one.get("relation") or "denial")
            yield Answer(statement, answers, relation, _texts(one.get("reasons")))


def _changes(line: Line, sayings: Mapping[str, Saying]) -> Iterable[Change]:
    for one in line.get("distortions") or ():
        source, target = one.get("from", one.get("b")), one.get("to", one.get("a"))
        if source in sayings and target in sayings and source != target:
            yield Change(source, target, _texts(one.get("reasons")))


def _loops(line: Line, sayings: Mapping[str, Saying]) -> Iterable[tuple[str, ...]]:
    stories = {saying.story for saying in sayings.values()}
    for loop in line.get("loops") or ():
        named = (sayings[one].story if one in sayings else one for one in loop)
        cycle = tuple(dict.fromkeys(story for story in named if story in stories))
        if len(cycle) > 1:
            yield cycle


def _clean(text: str) -> str:
    """Return words of strangers on one line, nothing in them that acts or that XML cannot hold."""
    return one_line(text).translate({0xFFFE: "\ufffd", 0xFFFF: "\ufffd"})


def _texts(values: Sequence[object] | None) -> tuple[str, ...]:
    return tuple(_clean(str(one)) for one in values or ())


def _count(given: object, found: set[str]) -> int:
    if isinstance(given, int):
        return given
    return len(given) if isinstance(given, list | tuple) else len(found)
