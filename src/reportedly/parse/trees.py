"""Arc scores -> dependency trees: the best tree of each sentence, with exactly one root.

The best head of every token is a tree for most sentences, and then it is the best tree. Only a sentence where
those heads run in a circle goes through Chu-Liu and Edmonds' algorithm (Edmonds 1967). Sentences of like
length are scored side by side.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

_CELLS = 1 << 19
"""Scores held at a time: a megabyte or two stay in the processor's cache."""
_NEVER = np.float32(-1e9)


def heads_of(dependent: Floats, head: Floats, root: Floats, bounds: Numbers) -> Numbers:
    """Return the (n,) row of each row's head; a root is its own head.

    dependent, head: (n, d), whose dot product scores an arc. root: (d,), the head vector of the root.
    bounds: (sentences, 2), the rows [start, end) of each sentence, none of them empty.
    """
    found = np.arange(len(dependent))
    for group in _groups(bounds):
        places = np.arange(int((group[:, 1] - group[:, 0]).max()))
        rows = group[:, :1] + places
        real = rows < group[:, 1:]
        rows = np.where(real, rows, group[:, :1])
        arcs = dependent[rows] @ head[rows].transpose(0, 2, 1)
        best = best_trees(arcs, dependent[rows] @ root, real)
        found[rows[real]] = (best + group[:, :1])[real]
    return found


def _groups(bounds: Numbers) -> Iterator[Numbers]:
    """Yield sentences of like length together, shortest first."""
    lengths = bounds[:, 1] - bounds[:, 0]
    order = np.argsort(lengths, kind="stable")
    first = 0
    for at in range(1, len(order) + 1):
        full = at < len(order) and (at + 1 - first) * int(lengths[order[at]]) ** 2 > _CELLS
        if at == len(order) or full:
            yield bounds[order[first:at]]
            first = at


def best_trees(arcs: Floats, roots: Floats, real: NDArray[np.bool_]) -> Numbers:
    """Return the (sentences, n) place of each token's head in the best one-rooted tree, its own for the root.

    arcs: (sentences, n, n), score of dependent (row) and head (column). roots: (sentences, n), score of each
    token as the root. real: (sentences, n), false beyond a sentence's end.
    """
    size = arcs.shape[1]
    arcs = np.where(real[:, None, :], arcs, _NEVER)
    arcs[:, np.arange(size), np.arange(size)] = _NEVER
    heads: Numbers = arcs.argmax(2)
    # whichever token is the root, the others can do no better than their best heads: so this root is best
    # unless its heads run in a circle
    gain = np.where(real, roots - arcs.max(2), -np.inf)
    top = gain.argmax(1)
    np.put_along_axis(heads, top[:, None], top[:, None], 1)
    reached = heads
    for _ in range(int(size).bit_length()):
        reached = np.take_along_axis(reached, reached, 1)
    for number in np.flatnonzero(((reached != top[:, None]) & real).any(1)):
        length = int(real[number].sum())
        heads[number, :length] = _one_rooted(arcs[number, :length, :length], roots[number, :length])
    return heads


def _one_rooted(arcs: Floats, roots: Floats) -> Numbers:
    """Return the best tree by Chu-Liu and Edmonds' algorithm.

    A root's score is lowered by more than all arcs together can make up for, so the best tree takes one root
    only, and the best one (Zmigrod et al. 2020, who show why trying the greedy root alone is not enough).
    """
    size = len(arcs)
    allowed = arcs[arcs > _NEVER / 2]
    spread = float(allowed.max() - allowed.min()) if len(allowed) else 0.0
    lowered = float(roots.max()) + (size + 1) * (spread + float(np.ptp(roots)) + 1.0)
    scores = np.full((size + 1, size + 1), -np.inf)
    scores[1:, 1:] = np.where(arcs > _NEVER / 2, arcs, -np.inf)
    scores[1:, 0] = roots - lowered + min(0.0, float(allowed.min()) if len(allowed) else 0.0)
    found = _arborescence(scores)[1:] - 1
    found[found < 0] = np.flatnonzero(found < 0)
    return found


def _arborescence(scores: NDArray[np.float64]) -> Numbers:
    """Return each node's best parent so that all hang on node 0. scores: (n, n), node (row) and parent."""
    parents: Numbers = scores.argmax(1)
    parents[0] = 0
    circle = _circle(parents)
    if not len(circle):
        return parents
    outside = np.setdiff1d(np.arange(len(scores)), circle)
    leaving = scores[np.ix_(outside, circle)]
    entering = scores[np.ix_(circle, outside)] - scores[circle, parents[circle]][:, None]
    smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(outside, outside)]
    smaller[:-1, -1] = leaving.max(1)
    smaller[-1, :-1] = entering.max(0)
    found = _arborescence(smaller)
    inner = found[:-1] == len(outside)
    parents[outside] = np.where(
        inner, circle[leaving.argmax(1)], outside[np.minimum(found[:-1], len(outside) - 1)]
    )
    parents[0] = 0
    broken = circle[entering[:, found[-1]].argmax()]
    parents[broken] = outside[found[-1]]
    return parents


def _circle(parents: Numbers) -> Numbers:
    """Return the nodes of one circle in order of their numbers, none where all nodes hang on node 0."""
    reached = parents
    for _ in range(len(parents).bit_length()):
        reached = reached[reached]
    lost = np.flatnonzero(reached)
    if not len(lost):
        return lost
    at = first = int(reached[lost[0]])
    members = [first]
    while (at := int(parents[at])) != first:
        members.append(at)
    return np.sort(np.asarray(members))
