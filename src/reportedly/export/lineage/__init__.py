"""The sourcing tree of a claim: who got it from whom, as a picture, as a list, and in a terminal.

All of it is made from the claim's JSON line (docs/reference/claim-line.md) and from nothing else.

    claim       the line, read
    tracing     the graph: statements, whom they have it from, what answers them
    folding     many alike as one
    grid        days and outlets: columns and rows
    cards       words for each box
    routes      ways of the lines
    layout      pixels
    drawing     SVG
    page        picture, key and list as HTML
    terminal    the same for `reportedly trace`
"""

from reportedly.export.lineage.page import difference_marked, figure, section, stylesheet
from reportedly.export.lineage.terminal import write_tree

__all__ = ["difference_marked", "figure", "section", "stylesheet", "write_tree"]
