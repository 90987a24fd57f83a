"""The sourcing tree for a terminal: what `reportedly trace` prints.

A solid arrow: it has it from there; a dotted one: it may. Words wrap to the terminal; one that knows no
Unicode gets ASCII, other letters as their code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from reportedly.export.lineage import outline, wording
from reportedly.export.lineage.cards import marks
from reportedly.export.lineage.claim import Claim, Line, Saying, Side, read
from reportedly.export.lineage.differences import Fate
from reportedly.export.lineage.folding import fold
from reportedly.export.lineage.graph import Graph, Node, Shape, Tie
from reportedly.export.lineage.outline import Item
from reportedly.export.lineage.tracing import draw_up
from reportedly.export.plain import one_line
from reportedly.export.telling import COMMITMENTS
from reportedly.types import Commitment

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100
"""Widest text, in columns; a narrower terminal makes it narrower."""
STYLES = {"against": "bold red", "changed": "bold yellow", "circle": "bold magenta"}
_WHO, _SOFT, _NUMBER = "cyan", "dim", "bold"
_FATES = {
    Fate.KEPT: ("", "", ""),
    Fate.GONE: ("[-", "-]", "red strike"),
    Fate.NEW: ("{+", "+}", "bold green"),
}
"""Marks of what was struck and put in, as wdiff has them, and their style where there is colour."""
_ASCII = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "·": "-", "›": ">"}
    | {"→": "->", "\u200e": "", "\u200f": "", "\u00a0": " "}
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT_MARK = "\u200e"  # keeps a date from being read into the right-to-left name before it
_LEAST = 24
"""Columns that words keep, however deep they stand."""


@dataclass(frozen=True, slots=True)
class _Strokes:
    """How branches are drawn: to one that others follow, to the last one, beside one, and the arrows."""

    more: str
    last: str
    beside: str
    sure: str
    maybe: str


_DRAWN = _Strokes("├", "└", "│", "─▶ ", "┄▷ ")
_TYPED = _Strokes("|", "`", "|", "-> ", ".> ")


def write_tree(console: Console, line: Line, ascii_only: bool = False) -> None:
    """Print a claim's JSON line: its origins and why they were counted so, its tree, what speaks against it.

    ascii_only: for a terminal that shows no other letters.
    """
    claim = read(line)
    writer = _Writer(console, fold(draw_up(claim)), ascii_only)
    writer.heading(claim, line)
    writer.origins()
    writer.tree()
    writer.aside(Side.HEDGED, "says only “may”")
    writer.against()
    writer.changes()


class _Writer:
    def __init__(self, console: Console, graph: Graph, ascii_only: bool) -> None:
        self.console = console
        self.graph = graph
        self.ascii_only = ascii_only
        self.strokes = _TYPED if ascii_only else _DRAWN
        self.width = min(console.width, WIDTH)
        self.coloured = console.is_terminal and not console.no_color and console.color_system is not None

    def heading(self, claim: Claim, line: Line) -> None:
        self._print([Text(claim.text or "(no words)", style="bold")], "")
        seen = f"first seen {claim.first_seen}" if claim.first_seen else "cannot order: undated"
        facts = [wording.counted(claim.outlets, "outlet"), wording.counted(claim.stories, "story"), seen]
        echo = line.get("echo")
        facts += [f"echo {echo:.1f}"] if isinstance(echo, int | float) else []
        facts += ["disputed"] if claim.on(Side.AGAINST) else []
        facts += [f"claim {one_line(claim.id)}"] if claim.id else []
        self._print([Text(" · ".join(facts), style=_SOFT)], "")

    def origins(self) -> None:
        claim = self.graph.claim
        told = [
            self._line((f"[{one.number}] ", _NUMBER), (one.name, ""), (f": {one.told}", _SOFT))
            for one in self._grounds()
        ]
        told += [
            self._line(("in a circle: ", STYLES["circle"]), (one, "")) for one in outline.circle(self.graph)
        ]
        told += [Text(f"- {reason}") for reason in claim.reasons]
        self._section(
            f"origins {claim.low}..{claim.high}", told or [Text("no origin of its own", style=_SOFT)]
        )

    def tree(self) -> None:
        items = [item for item in outline.outline(self.graph) if item.inside or item.node.side in _MAIN]
        items = [item for item in items if item.node.side is not Side.AGAINST]
        if items:
            self._title("who got it from whom")
        for item in items:
            self._item(item, "  ", "  ")

    def aside(self, side: Side, title: str) -> None:
        items = [one for one in outline.outline(self.graph) if one.node.side is side and not one.inside]
        if items:
            self._title(title)
        for item in items:
            self._item(item, "  ", "  ")

    def against(self) -> None:
        found = outline.against(self.graph)
        if found:
            self._title("against")
        for node, answers in found:
            loud = [Text(told, style=STYLES["against"]) for told in answers]
            self._block([self._head(node, ""), *self._words(node), *loud], "  ", "    ")

    def changes(self) -> None:
        found = list(outline.changes(self.graph.claim))
        if found:
            self._title("changed words")
        for change in found:
            head = Text(f"{change.target.house} changed the words of {change.source.house}")
            reasons = [Text("; ".join(change.reasons), style=_SOFT)] if change.reasons else []
            self._block([head, self._difference(change), *reasons], "  ", "    ")

    def _difference(self, change: outline.Changed) -> Text:
        line = Text()
        for piece in change.pieces:
            left, right, style = _FATES[piece.fate]
            blank = " " if piece.text[:1].isspace() and line.plain else ""
            shown = one_line(piece.text)
            line.append(blank)
            line.append(shown if self.coloured else f"{left}{shown}{right}", style=style)
        return line

    def _grounds(self) -> list[outline.Ground]:
        return outline.grounds(self.graph)

    def _item(self, item: Item, first: str, rest: str) -> None:
        """Print one node and all that rests on it. first, rest: what stands before its lines."""
        stroke = self.strokes.beside if item.inside else " "
        node = item.node
        edges = [edge for edge in self.graph.edges if edge.target == node.key and edge.tie is not Tie.ANSWERS]
        loud = marks(self.graph, node, edges) if node.shape is Shape.SAYING else []
        lines = [self._head(node, outline.hows(self.graph, item)), *self._words(node)]
        lines += [Text(mark, style=STYLES[style]) for mark, style in loud]
        lines += [Text(fact, style=_SOFT) for fact in outline.facts(self.graph, item)]
        self._block(lines, first, f"{rest}{stroke} ")
        for place, one in enumerate(item.inside, start=1):
            last = place == len(item.inside)
            certain = one.edge is None or one.edge.certain
            arrow = self.strokes.sure if certain else self.strokes.maybe
            branch = self.strokes.last if last else self.strokes.more
            self._item(one, rest + branch + arrow, rest + (" " if last else self.strokes.beside) + "   ")

    def _head(self, node: Node, how: str) -> Text:
        numbers = "".join(f" [{number}]" for number in node.grounds)
        if node.shape is not Shape.SAYING:
            about = f", {node.about}" if node.about else ""
            return self._line((node.name, f"bold {_WHO}"), (about, _SOFT), (numbers, _NUMBER))
        facts = self._joined(node.first.house, node.when.iso, how)
        return self._line((node.first.house, "bold"), (facts, _SOFT), (numbers, _NUMBER))

    def _joined(self, name: str, *facts: str) -> str:
        mark = _LEFT_TO_RIGHT_MARK if _RIGHT_TO_LEFT.search(name) else ""
        return "".join(f" · {mark}{fact}" for fact in facts if fact)

    def _words(self, node: Node) -> Iterator[Text]:
        if node.shape is Shape.FOLD:
            yield from self._folded(node)
        for saying in node.members if node.shape is Shape.SAYING else ():
            yield self._said(saying)

    def _said(self, saying: Saying, named: bool = False) -> Text:
        sure = COMMITMENTS[Commitment(saying.commitment)] if saying.commitment in set(Commitment) else ""
        who = wording.who(saying)
        before = f"{saying.house}{self._joined(saying.house, saying.when.iso)}: " if named else ""
        return self._line(
            (before, _SOFT),
            (f"{who}: " if who else "", _WHO),
            (wording.quoted(saying), "green"),
            (f" ({sure})" if sure and sure != "certain" else "", _SOFT),
        )

    def _folded(self, node: Node) -> Iterator[Text]:
        """Yield what is folded: names and days where the words are the same, else each with its words."""
        if len({saying.words for saying in node.members}) > 1:
            yield from (self._said(saying, named=True) for saying in node.members)
            return
        yield self._said(node.first)
        names = (f"{saying.house} {saying.when.iso}" for saying in node.members)
        yield Text(", ".join(names), style=_SOFT)

    def _section(self, title: str, lines: Iterable[Text]) -> None:
        self._title(title)
        for line in lines:
            self._block([line], "  ", "    ")

    def _title(self, title: str) -> None:
        self.console.print()
        self._print([Text(title, style="bold")], "")

    def _block(self, lines: Iterable[Text], first: str, rest: str) -> None:
        for place, line in enumerate(lines):
            self._print([line], first if place == 0 else rest, rest)

    def _print(self, lines: Iterable[Text], first: str, rest: str | None = None) -> None:
        """Print lines wrapped; one that stands too deep begins again from the left, after an ellipsis."""
        for line in lines:
            shown = self._in_ascii(line) if self.ascii_only else line
            rest = self._shallow(first if rest is None else rest)
            room = max(self.width - max(len(self._shallow(first)), len(rest)), _LEAST)
            for place, piece in enumerate(shown.wrap(self.console, room)):
                piece.rstrip()
                before = self._shallow(first) if place == 0 else rest
                self.console.print(Text(before, style=_SOFT).append_text(piece), soft_wrap=True)

    def _shallow(self, before: str) -> str:
        most = max(min(self.width // 2, self.width - _LEAST), 0)
        return before[max(len(before) - most, 0) :]

    def _in_ascii(self, line: Text) -> Text:
        found = Text(style=line.style)
        for piece in line.divide(sorted({edge for span in line.spans for edge in (span.start, span.end)})):
            plain = piece.plain.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")
            found.append(plain, style=piece.spans[0].style if piece.spans else "")
        return found

    @staticmethod
    def _line(*parts: tuple[str, str]) -> Text:
        line = Text()
        for text, style in parts:
            line.append(text, style=style)
        return line


_MAIN = (Side.SUPPORT, Side.OTHER)
