"""The sourcing tree on a page: the picture, its key, the same as a list; and a page's section of claims."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, cast

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from reportedly.export.lineage import outline, wording
from reportedly.export.lineage.cards import marks
from reportedly.export.lineage.claim import Claim, Line, Saying, Side, read
from reportedly.export.lineage.differences import Fate, Piece, difference
from reportedly.export.lineage.drawing import Href, address, entry, svg
from reportedly.export.lineage.folding import fold
from reportedly.export.lineage.graph import Edge, Graph, Node, Shape, Tie
from reportedly.export.lineage.grid import CROWDED
from reportedly.export.lineage.layout import lay_out
from reportedly.export.lineage.tracing import draw_up
from reportedly.export.plain import one_line
from reportedly.export.templating import words

if TYPE_CHECKING:
    from jinja2.runtime import Macro

_TAGS = {
    Fate.KEPT: Markup("{}{}"),
    Fate.GONE: Markup("{}<del>{}</del>"),
    Fate.NEW: Markup("{}<ins>{}</ins>"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a page shows of one claim. prefix: what its ids on the page begin with."""

    claim: Claim
    graph: Graph
    prefix: str
    picture: Markup
    href: Href

    @property
    def key(self) -> list[tuple[str, str]]:
        """Symbol and meaning of each mark that occurs in the picture."""
        return [(name, meaning) for name, meaning, occurs in KEY if occurs(self.graph)]

    @property
    def boxes(self) -> int:
        """How many boxes the picture has that are no sources."""
        return sum(bool(node.members) for node in self.graph.nodes.values())

    @property
    def tree(self) -> list[outline.Item]:
        """The outline of what supports the claim."""
        items = outline.outline(self.graph)
        return [item for item in items if not self._is_aside(item) and item.node.side is not Side.AGAINST]

    @property
    def against(self) -> list[tuple[Node, list[str]]]:
        """What speaks against it."""
        return outline.against(self.graph)

    @property
    def grounds(self) -> list[outline.Ground]:
        """Its origins."""
        return outline.grounds(self.graph)

    @property
    def circles(self) -> list[str]:
        """Its circles, in words."""
        return outline.circle(self.graph)

    @property
    def changes(self) -> list[outline.Changed]:
        """What was changed in words taken over."""
        return list(outline.changes(self.claim))

    def aside(self, side: str) -> list[outline.Item]:
        """Return the items of one side that stand for themselves."""
        return [
            item for item in outline.outline(self.graph) if self._is_aside(item) and item.node.side == side
        ]

    def _is_aside(self, item: outline.Item) -> bool:
        return item.node.side is not Side.SUPPORT and not item.inside

    def marks(self, node: Node) -> list[tuple[str, str]]:
        """Return what is to be said of a box loudly, with its style."""
        edges = [edge for edge in self.graph.edges if edge.target == node.key and edge.tie is not Tie.ANSWERS]
        return marks(self.graph, node, edges) if node.shape is Shape.SAYING else []

    def address(self, node: Node) -> str | None:
        """Return what opens the words of a box."""
        return self.href_of(node.first) if node.members else None

    def href_of(self, saying: Saying) -> str | None:
        """Return what opens the words of a statement."""
        return address(self.href, saying.id)

    def entry(self, node: Node) -> str:
        """Return the id of a node's entry in the list."""
        return entry(self.prefix, node.key)


def _some(holds: Callable[[Edge], bool]) -> Callable[[Graph], bool]:
    return lambda graph: any(holds(edge) for edge in graph.edges)


def _any_node(holds: Callable[[Node], bool]) -> Callable[[Graph], bool]:
    return lambda graph: any(holds(node) for node in graph.nodes.values())


KEY: tuple[tuple[str, str, Callable[[Graph], bool]], ...] = (
    ("root", "an origin begins here, with its number", _any_node(lambda node: node.root)),
    ("carried", "rests on that origin", _any_node(lambda node: bool(node.grounds) and not node.root)),
    ("voice", "whom outlets have it from", _any_node(lambda node: node.shape is Shape.VOICE)),
    (
        "outside",
        "not in this case: its lineage is not recorded",
        _any_node(lambda node: node.shape is Shape.OUTSIDE),
    ),
    ("fold", "several of one kind; the list names them", _any_node(lambda node: node.shape is Shape.FOLD)),
    ("rests", "has it from, with credit", _some(lambda edge: edge.tie is Tie.RESTS and edge.credited)),
    (
        "silent",
        "has it from, without credit",
        _some(lambda edge: edge.tie is Tie.RESTS and not edge.credited),
    ),
    ("may", "may have it from", _some(lambda edge: edge.tie is Tie.RESTS and not edge.certain)),
    ("perhaps", "may be one and the same", _some(lambda edge: edge.tie is Tie.PERHAPS)),
    ("loop", "cite each other in a circle: no origin of their own", _some(lambda edge: edge.loop)),
    ("changes", "took the wording over and changed it", _some(lambda edge: edge.tie is Tie.CHANGES)),
    ("answers", "speaks against, and what it answers", _some(lambda edge: edge.tie is Tie.ANSWERS)),
)


def sheet(line: Line, href: Href) -> Sheet:
    """Return what a page shows of a claim. href: the address that opens a statement, by its id."""
    claim = read(line)
    graph = fold(draw_up(claim))
    prefix = "claim-" + (re.sub("[^0-9A-Za-z]+", "-", claim.id) or "x")
    label = f"Sourcing tree of “{claim.text}”: {wording.origins(claim)}. The list below says the same."
    return Sheet(claim, graph, prefix, svg(lay_out(graph), prefix, label, href), href)


def figure(line: Line, href: Href) -> Markup:
    """Return the sourcing tree of a claim: picture, key and list, for a page with `lineage.css`."""
    return cast("Markup", _macro("lineage.html", "figure")(sheet(line, href)))  # it is, with autoescape


def section(lines: Iterable[Line], href: Href) -> Iterator[str]:
    """Yield a page's key to its pictures and its articles on claims, one at a time."""
    yield _macro("claims.html", "keys")([(name, meaning) for name, meaning, _ in KEY])
    article = _macro("claims.html", "article")
    for line in lines:
        yield article(sheet(line, href), line)


def stylesheet() -> str:
    """Return the stylesheet of the sourcing tree."""
    return _template("lineage.css")


def marked(pieces: Iterable[Piece]) -> Markup:
    """Return a difference as HTML, <del> and <ins>."""
    return Markup("").join(
        _TAGS[piece.fate].format(" " if piece.text[:1].isspace() else "", words(one_line(piece.text)))
        for piece in pieces
    )


def difference_marked(was: str, now: str) -> Markup:
    """Return what was changed in words, word by word, as HTML."""
    return marked(difference(was, now))


def _macro(template: str, name: str) -> Macro:
    module = _environment().get_template(template).module
    macro: Macro = getattr(module, name)
    return macro


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_template), autoescape=True, undefined=StrictUndefined, auto_reload=False
    )
    environment.filters |= {"words": words, "marked": marked}
    environment.globals |= {"outline": outline, "wording": wording, "crowded": CROWDED}
    return environment


def _template(name: str) -> str:
    return resources.files("reportedly.export").joinpath("templates", name).read_text(encoding="utf-8")
