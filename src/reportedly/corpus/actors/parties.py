"""For whom people speak: posts read story by story, one body an actor in the end."""

from __future__ import annotations

from collections import Counter, defaultdict

from reportedly.corpus.actors import lexicon, phrases
from reportedly.corpus.actors.bodies import Bodies
from reportedly.corpus.actors.merging import person_id
from reportedly.corpus.actors.speaking import NODE, PERSON, Said
from reportedly.corpus.actors.views import View


class Parties:
    """For whom people speak, story by story.

    found: person -> bodies that he is of. speaks: person -> bodies that he is the chief or the voice of.
    posts: person -> posts that stand for their holder ("the auditor general").
    """

    def __init__(self, found: Bodies) -> None:
        self._bodies = found
        self.found: dict[str, Counter[str]] = defaultdict(Counter)
        self.speaks: dict[str, Counter[str]] = defaultdict(Counter)
        self.posts: dict[str, Counter[str]] = defaultdict(Counter)

    def read(self, view: View, said: Said) -> None:
        """Add the people of a story. said: who said its statements, whose contents go to their bodies too."""
        rows = _rows_of_people(view, said)
        alone = _only_body(view, said)
        for number, one in enumerate(view.people):
            own = person_id(view.place, number)
            for (role, whose), many in sorted(one.posts.items()):
                self._add(own, view, role, whose, many)
            if (
                alone
                and own not in self.speaks
                and any(phrases.is_head(role) and _is_bare(role, whose) for role, whose in one.posts)
            ):
                self.speaks[own][alone] += 1
            for node in (*self.speaks.get(own, ()), *self.posts.get(own, ())):
                self._bodies.rows[node, view.place].extend(rows.get(own, ()))

    def _add(self, own: str, view: View, role: str, whose: str, many: int) -> None:
        phrase = phrases.read(role, whose or None)
        if any(of and (view.owner(of) is not None or view.knows(of)) for of in (whose, phrase.of)):
            return
        heads = phrases.is_head(role)
        if phrase.kind == "post" and (
            not phrase.of or " ".join(phrase.key.split()[-2:]) in lexicon.words("posts")
        ):
            if phrases.is_own_post(phrase.key):
                node = self._bodies.of_phrase(phrase, view.place, role)
                self.posts[own][node or ""] += many
            return
        node = self._body(view, phrase, role, whose)
        if not node:
            return
        self.found[own][node] += many
        if heads or phrase.kind == "body":
            self.speaks[own][node] += many

    def _body(self, view: View, phrase: phrases.Phrase, role: str, whose: str) -> str | None:
        if phrase.kind == "body":
            return self._bodies.of_phrase(phrase, view.place, role)
        if phrase.kind == "office":
            body = phrases.Phrase("body", phrase.key, phrase.place, phrase.of)
            return self._bodies.of_phrase(body, view.place, whose or phrase.key) if phrase.key else None
        return self._bodies.of_words(phrase.of or whose, view.place) if phrase.of or whose else None


def _rows_of_people(view: View, said: Said) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for statement in view.statements:
        who = said.who.get(statement.id)
        if who is not None and who.kind == PERSON and statement.row >= 0:
            rows[who.id].append(statement.row)
    return rows


def _only_body(view: View, said: Said) -> str | None:
    """Return the one body that speaks in a story; None if there are two or none."""
    spoken = {
        who.id
        for one in view.statements
        if (who := said.who.get(one.id)) and who.kind == NODE and not who.office
    }
    return spoken.pop() if len(spoken) == 1 else None


def _is_bare(role: str, whose: str) -> bool:
    """Whether a post names no body ("managing director"), or only by "its"."""
    phrase = phrases.read(role, whose or None)
    return (
        phrase.kind in {"office", "post"}
        and (not phrase.key or phrase.kind == "post")
        and not phrase.of
        and not phrase.place
    )
