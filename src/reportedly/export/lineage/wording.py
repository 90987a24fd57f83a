"""The words for what the picture shows: the same in the boxes, in the list and in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportedly.export.lineage.claim import Claim, Saying, Side
from reportedly.export.lineage.graph import Edge, Graph, Node, Shape, Tie

HOWS = {
    "reprint": "reprints",
    "rewrite": "rewrites",
    "wire": "carries the text of",
    "cites": "cites",
    "same-speaker": "same speaker as",
    "same-document": "same document as",
    "same-event": "same event as",
    "same-story": "from the same story as",
    "changed": "changed the words of",
    "said": "has it from",
}
RELATIONS = {
    "denial": "denies",
    "contradiction": "contradicts",
    "correction": "corrects",
    "retraction": "withdraws",
}
WITHDRAWN = {"correction": "corrected later", "retraction": "withdrawn later"}
_QUOTES = frozenset("\"“”„«»‘’'")
CIRCLE = "runs in a circle"
CHANGED = "wording changed"


def who(saying: Saying) -> str:
    """Return on whose word a statement stands, with the outlets on the way; "" where its story says it."""
    if saying.voice is None or saying.voice.casefold() == saying.house.casefold():
        return ""
    return " › ".join((*saying.via, saying.voice))


def quoted(saying: Saying) -> str:
    """Return the statement's words in quotation marks; those that bring their own get no others."""
    if not saying.words:
        return "(no words)"
    return saying.words if saying.words[0] in _QUOTES else f"“{saying.words}”"


def name(graph: Graph, key: str) -> str:
    """Return what a node is called in a sentence."""
    node = graph.nodes[key]
    return node.first.house if node.shape is Shape.SAYING else node.name


def rests_on(graph: Graph, node: Node, edges: Iterable[Edge]) -> str:
    """Return how a box came by what it says: "cites Obrero", "reprints Obrero, no credit"; "" for a root."""
    told = [edge for edge in edges if edge.bears and edge.hows[:1] != ("said",)]
    if not told:
        return ""
    hows = Counter(HOWS.get(edge.hows[0], edge.hows[0]) for edge in told)
    how = next(iter(hows)) if len(hows) == 1 else "rests on"
    own = {saying.outlet for saying in node.members}
    names = list(dict.fromkeys(_whom(graph, edge.source, own) for edge in told))
    whom = names[0] if len(names) == 1 else f"{len(names)} others"
    doubt = "perhaps " if not any(edge.certain for edge in told) else ""
    credit = "" if any(edge.credited or edge.tie is Tie.CHANGES for edge in told) else ", no credit"
    return f"{doubt}{how} {whom}{credit}"


def _whom(graph: Graph, key: str, own: set[str | None]) -> str:
    node = graph.nodes[key]
    same = node.shape is Shape.SAYING and node.first.outlet in own and node.first.outlet
    return "its own earlier story" if same else name(graph, key)


def speaks(graph: Graph, edges: Iterable[Edge]) -> str:
    """Return what a box says against which: "denies Obrero"."""
    answers = [edge for edge in edges if edge.tie is Tie.ANSWERS]
    return "; ".join(f"{answered(edge)} {name(graph, edge.target)}" for edge in answers)


def answered(edge: Edge) -> str:
    """Return "denies", "corrects" and the like."""
    return RELATIONS.get(edge.hows[0], edge.hows[0]) if edge.hows else "speaks against"


def withdrawn(claim: Claim, node: Node) -> str:
    """Return "withdrawn later" or "corrected later" where the box's own outlet did so; else ""."""
    ids = {saying.id for saying in node.members}
    for relation in ("retraction", "correction"):
        for answer in claim.answers:
            own = answer.answers in ids and claim.sayings[answer.statement].outlet == node.first.outlet
            if own and answer.relation == relation:
                return WITHDRAWN[relation]
    return ""


def changed(claim: Claim, node: Node) -> bool:
    """Say whether the box took wording over and changed it."""
    ids = {saying.id for saying in node.members}
    return any(change.target in ids for change in claim.changes)


def origins(claim: Claim) -> str:
    """Return "2 origins", "1 to 2 origins", "no origin of its own"."""
    if claim.high == 0:
        return "no origin of its own"
    if claim.low == claim.high:
        return f"{claim.low} origin" if claim.low == 1 else f"{claim.low} origins"
    return f"{claim.low} to {claim.high} origins"


def counted(count: int, noun: str) -> str:
    """Return "1 story", "3 stories"."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


BANDS = {
    Side.SUPPORT: ("", ""),
    Side.OTHER: ("Of another claim", "linked to this one"),
    Side.HEDGED: ("Says only “may”", "supports the weaker claim"),
    Side.AGAINST: ("Speaks against", "denials and corrections"),
}
"""Heading and explanation of each band of the picture."""
