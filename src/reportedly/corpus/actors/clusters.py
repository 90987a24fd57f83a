"""Groups of things found to be one, and the ids of actors."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence

ID_DIGITS = 16


def actor_id(*parts: str) -> str:
    """Return the id of an actor: the first 16 hexadecimal digits of a SHA-256 over what it is."""
    return hashlib.sha256("\x00".join(("actor", *parts)).encode()).hexdigest()[:ID_DIGITS]


class Clusters:
    """Disjoint sets. The smallest member stands for its set, so that the order of joining is no matter."""

    def __init__(self, members: Iterable[str]) -> None:
        self._parents = {member: member for member in members}

    def top(self, member: str) -> str:
        """Return the smallest member of the set of a member."""
        parents = self._parents
        while parents[member] != member:
            parents[member] = parents[parents[member]]
            member = parents[member]
        return member

    def join(self, one: str, other: str) -> None:
        """Make two sets one."""
        low, high = sorted((self.top(one), self.top(other)))
        self._parents[high] = low

    def join_all(self, members: Sequence[str]) -> None:
        """Make the sets of all members one."""
        for member in members[1:]:
            self.join(members[0], member)

    def groups(self) -> list[list[str]]:
        """Return the sets, each sorted, in the order of their smallest members."""
        found: dict[str, list[str]] = defaultdict(list)
        for member in sorted(self._parents):
            found[self.top(member)].append(member)
        return list(found.values())
