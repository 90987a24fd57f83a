"""Two small algorithms on graphs: what belongs together, and what runs in a circle."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Joined(Generic[Item]):
    """Items that are put together two at a time (union-find); groups come in the order of the items."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._over: dict[Item, Item] = {item: item for item in items}
        self._place = {item: place for place, item in enumerate(self._over)}

    def join(self, one: Item, other: Item) -> None:
        """Put two items, and all that belongs to them, together; the earlier one leads."""
        first, second = sorted((self.leader(one), self.leader(other)), key=self._place.__getitem__)
        self._over[second] = first

    def leader(self, item: Item) -> Item:
        """Return the first item of the group."""
        while self._over[item] != item:
            self._over[item] = self._over[self._over[item]]
            item = self._over[item]
        return item

    def groups(self) -> list[list[Item]]:
        """Return the groups, each in the order of the items."""
        found: dict[Item, list[Item]] = {}
        for item in self._over:
            found.setdefault(self.leader(item), []).append(item)
        return list(found.values())


def circles(after: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Return for each node that lies on a circle the number of its circle (Tarjan 1972).

    after: the nodes that each leads to. Two nodes on one circle have one number.
    """
    search = _Search({node: list(targets) for node, targets in after.items()})
    for node in after:
        if node not in search.index:
            search.visit(node)
    looped = [part for part in search.parts if len(part) > 1]
    return {node: number for number, part in enumerate(looped) for node in part}


class _Search:
    """Tarjan's strongly connected components without recursion: a chain of reprints may be long."""

    def __init__(self, after: dict[str, list[str]]) -> None:
        self.after = after
        self.index: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.parts: list[list[str]] = []
        self._open: list[str] = []
        self._is_open: set[str] = set()

    def visit(self, start: str) -> None:
        self._enter(start)
        path = [(start, iter(self.after.get(start, ())))]
        while path:
            node, rest = path[-1]
            target = next(rest, None)
            if target is None:
                path.pop()
                self._leave(node, path[-1][0] if path else None)
            elif target not in self.index:
                self._enter(target)
                path.append((target, iter(self.after.get(target, ()))))
            elif target in self._is_open:
                self.low[node] = min(self.low[node], self.index[target])

    def _enter(self, node: str) -> None:
        self.index[node] = self.low[node] = len(self.index)
        self._open.append(node)
        self._is_open.add(node)

    def _leave(self, node: str, above: str | None) -> None:
        if above is not None:
            self.low[above] = min(self.low[above], self.low[node])
        if self.low[node] == self.index[node]:
            at = self._open.index(node)
            part, self._open = self._open[at:], self._open[:at]
            self._is_open.difference_update(part)
            self.parts.append(part)
