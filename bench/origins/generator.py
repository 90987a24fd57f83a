"""Worlds by recipe: a recipe's moves, a topic and a seed give stories, and gold by construction.

A move adds one story or several and writes down at once what it means: a ground of its own ("person",
"document", "unnamed", "body", "wire", "conference 3"), one that rests on an earlier story ("reprint 0", "trim
0", "rewrite 0", "cite 0", "wire-copy 0", "again 0", "same-document 0", "spokesman"), or no support ("deny",
"hedge", "retract 0", "teaser 0"). "distort 0" cites a story and changes what it said, which is a second claim
("cite-distorted 1", "retract-distorted 1"). "loop 3": three stories that cite each other in a circle.

High is the number of grounds. Low takes all unnamed officials for one, and leaves out a ground whose outlet
has withdrawn it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.origins.worlds import Derived, GoldClaim, Passage, Story, World, sound

SEED = 20261121
TEMPLATES = Path(__file__).parent / "templates.yaml"

Tree = Mapping[str, Any]


@cache
def templates() -> Tree:
    """Return the words that worlds are made of."""
    tree: Tree = yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))
    return tree


def made(count: int, seed: int = SEED) -> Iterator[World]:
    """Yield worlds, the same ones for a seed: each recipe in turn, each time on another topic."""
    recipes, topics = templates()["recipes"], templates()["topics"]
    for number in range(count):
        recipe = recipes[number % len(recipes)]
        topic = topics[(number + number // len(recipes) * 3) % len(topics)]
        yield _Maker(topic, random.Random(f"{seed}-{number}")).world(f"made{number:03d}", recipe)


@dataclass(slots=True)
class _Draft:
    """A story that is being told. clause: the claim's words in it. ground: what it rests on in the end."""

    story: Story
    clause: str
    ground: str | None
    told: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Book:
    """Gold of one claim while its world is made."""

    support: list[Passage] = field(default_factory=list)
    against: list[Passage] = field(default_factory=list)
    hedged: list[Passage] = field(default_factory=list)
    distortions: list[Passage] = field(default_factory=list)
    neither: list[Passage] = field(default_factory=list)
    derivations: list[Derived] = field(default_factory=list)
    loops: list[frozenset[str]] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)

    def ground(self, name: str, reason: str) -> None:
        """Write a new ground down, once."""
        if name not in self.grounds:
            self.grounds.append(name)
            self.reasons.append(reason)

    def claim(self, text: str) -> GoldClaim:
        """Return the gold claim, its range counted by the rule of the module."""
        standing = [one for one in self.grounds if one not in self.withdrawn]
        unnamed = sum(one.startswith("unnamed") for one in standing)
        if unnamed > 1:
            self.reasons.append("the unnamed officials of one office may be one")
        return GoldClaim(
            text=text,
            support=tuple(self.support),
            against=tuple(self.against),
            hedged=tuple(self.hedged),
            distortions=tuple(self.distortions),
            neither=tuple(self.neither),
            derivations=tuple(self.derivations),
            loops=tuple(self.loops),
            low=len(standing) - max(0, unnamed - 1),
            high=len(self.grounds),
            why="; ".join(self.reasons) + ".",
        )


class _Maker:
    """Makes one world, move by move."""

    def __init__(self, topic: Tree, rng: random.Random) -> None:
        self.topic, self.rng = topic, rng
        self.day = date(2015, 1, 5) + timedelta(days=rng.randrange(2500))
        self.drafts: list[_Draft] = []
        self.true, self.changed = _Book(), _Book()
        self.outlets, self.titles = self._shuffled(templates()["outlets"]), self._shuffled(topic["titles"])
        self.people, self.roles = self._shuffled(templates()["people"]), self._shuffled(topic["roles"])
        self.colour = self._shuffled(topic["fillers"])
        self.colour += [[line, line] for line in self._shuffled(templates()["fillers"])]
        self.used: dict[str, list[str]] = {}

    def _shuffled(self, things: list[Any]) -> list[Any]:
        return self.rng.sample(things, len(things))

    def world(self, name: str, recipe: list[str]) -> World:
        """Return the world of a recipe. Raises UnsoundWorldError if the recipe made nonsense."""
        for move in recipe:
            kind, _, number = move.partition(" ")
            getattr(self, "_" + kind.replace("-", "_"))(int(number or 0))
        claims = [self.true.claim(_sentence(self.topic["claims"][0]))]
        if self.changed.support:
            claims.append(self.changed.claim(_sentence(self.topic["distorted"])))
        about = f"{self.topic['name']}: {', '.join(recipe)}"
        kinds = tuple(dict.fromkeys(move.split()[0] for move in recipe))
        stories = tuple(draft.story for draft in self.drafts)
        return sound(World(name, about, kinds, stories, tuple(claims), (templates()["agency"],)))

    # Stories

    def _line(self, move: str, clause: str, **words: str) -> str:
        """Fill in a template of a move, another one each time while there are any left."""
        left = self.used.setdefault(move, [])
        if not left:
            left.extend(self._shuffled(templates()["moves"][move]))
        line: str = left.pop().format(
            c=clause, C=_capital(clause), day=f"{self.day:%A}", outlet=self.outlets[0], **words
        )
        return _capital(line)

    def _tell(self, lead: str, clause: str, ground: str | None, **told: str) -> _Draft:
        """Add a story with a lead and some colour under the next outlet and headline."""
        colour = [self.colour.pop(0) for _ in range(2)]
        told |= {"again": " ".join(pair[1] for pair in colour)}
        text = f"{lead}\n\n{' '.join(pair[0] for pair in colour)}"
        return self._publish(text, clause, ground, told)

    def _publish(self, text: str, clause: str, ground: str | None, told: dict[str, str]) -> _Draft:
        title = self.titles.pop(0) if self.titles else f"News of {self.day:%A}"
        return self._print(self.outlets.pop(0), title, text, clause, ground, told)

    def _print(
        self, outlet: str, title: str, text: str, clause: str, ground: str | None, told: dict[str, str]
    ) -> _Draft:
        """Add a story."""
        story = Story(f"s{len(self.drafts)}", outlet, self.day.isoformat(), title, text)
        draft = _Draft(story, _as_told(text, clause), ground, told)
        self.drafts.append(draft)
        self.day += timedelta(days=self.rng.randrange(1, 3))
        return draft

    def _clause(self) -> str:
        clause: str = self.rng.choice(self.topic["claims"])
        return clause

    def _speaker(self) -> dict[str, str]:
        name, last = self.people.pop(0)
        return {"name": name, "last": last, "role": self.roles.pop(0) if self.roles else "a local councillor"}

    def _supports(self, book: _Book, draft: _Draft) -> None:
        book.support.append(Passage(draft.story.name, draft.clause))

    def _rests(self, book: _Book, at: int, draft: _Draft, how: str, credited: bool, either: bool) -> None:
        """Write down that a draft rests on the story of a place, and supports the claim."""
        self._supports(book, draft)
        source = self.drafts[at].story.name
        book.derivations.append(Derived(source, draft.story.name, how, credited, either))

    # Grounds

    def _grounded(self, move: str, ground: str, reason: str, **told: str) -> _Draft:
        clause = self._clause()
        draft = self._tell(self._line(move, clause, **told), clause, ground, **told)
        self.true.ground(ground, f"{draft.story.name} has {reason}")
        self._supports(self.true, draft)
        return draft

    def _person(self, _: int) -> None:
        speaker = self._speaker()
        self._grounded("person", speaker["name"], f"{speaker['name']}, {speaker['role']}", **speaker)

    def _document(self, _: int) -> None:
        paper = self.topic["document"]
        self._grounded("document", "document", paper, document=paper, Document=_capital(paper))

    def _unnamed(self, _: int) -> None:
        ground = f"unnamed {len(self.drafts)}"
        self._grounded("unnamed", ground, "an unnamed official", office=self.topic["office"])

    def _body(self, _: int) -> None:
        body = self.topic["body"]
        self._grounded("body", "body", body, body=body, Body=_capital(body))

    def _spokesman(self, _: int) -> None:
        name, _last = self.people.pop(0)
        draft = self._grounded("spokesman", "body", "its spokesperson", name=name, body=self.topic["body"])
        first = next(one for one in self.drafts if one.ground == "body").story.name
        if first != draft.story.name:
            self.true.derivations.append(Derived(first, draft.story.name, "same-speaker", False, True))

    def _conference(self, count: int) -> None:
        speaker = self._speaker() | {"place": self.topic["place"]}
        first = len(self.drafts)
        day = self.day
        for at in range(first, first + count):
            self.day = day
            draft = self._grounded("conference", speaker["name"], "a press conference", **speaker)
            if at > first:
                before = self.drafts[at - 1].story.name
                self.true.derivations.append(Derived(before, draft.story.name, "same-event", False, True))

    def _wire(self, _: int) -> None:
        body, clause = self.topic["body"], self._clause()
        lead = self._line("body", clause, body=body, Body=_capital(body))
        head = f"{self.topic['place'].upper()} ({templates()['agency']}) - "
        draft = self._tell(head + lead, clause, "body")
        self.true.ground("body", f"{draft.story.name} has {templates()['agency']} and in it {body}")
        self._supports(self.true, draft)

    # What rests on an earlier story

    def _reprint(self, at: int) -> None:
        source = self.drafts[at]
        draft = self._publish(source.story.text, source.clause, source.ground, source.told)
        self._rests(self.true, at, draft, "reprint", credited=False, either=False)

    def _trim(self, at: int) -> None:
        source = self.drafts[at]
        lead, _, rest = source.story.text.partition("\n\n")
        text = f"{lead}\n\n{rest.partition('. ')[0].rstrip('.')}."
        draft = self._publish(text, source.clause, source.ground, source.told)
        self._rests(self.true, at, draft, "reprint", credited=False, either=False)

    def _rewrite(self, at: int) -> None:
        source = self.drafts[at]
        lead = source.story.text.partition("\n\n")[0]
        text = f"{source.told['again']}\n\n{lead}\n\n{self.colour.pop(0)[0]}"
        draft = self._publish(text, source.clause, source.ground, source.told)
        self._rests(self.true, at, draft, "rewrite", credited=False, either=False)

    def _wire_copy(self, at: int) -> None:
        source = self.drafts[at]
        credited = len(self.drafts) % 2 == 1
        text = source.story.text if credited else source.story.text.partition(" - ")[2]
        draft = self._publish(text, source.clause, source.ground, source.told)
        self._rests(self.true, at, draft, "wire", credited=credited, either=True)

    def _cite(self, at: int) -> None:
        draft = self._cited(at, self._clause(), self.drafts[at].ground)
        self._rests(self.true, at, draft, "cites", credited=True, either=False)

    def _cited(self, at: int, clause: str, ground: str | None) -> _Draft:
        return self._tell(self._line("cite", clause, **self._other(at)), clause, ground)

    def _other(self, at: int) -> dict[str, str]:
        story = self.drafts[at].story
        return {"other": story.outlet, "otherday": f"{date.fromisoformat(story.published or ''):%A}"}

    def _again(self, at: int) -> None:
        source = self.drafts[at]
        speaker = {key: source.told[key] for key in ("name", "last", "role")}
        clause = self._clause()
        draft = self._tell(self._line("person", clause, **speaker), clause, source.ground, **speaker)
        self._rests(self.true, at, draft, "same-speaker", credited=False, either=True)

    def _same_document(self, at: int) -> None:
        paper, clause = self.topic["document"], self._clause()
        lead = self._line("document", clause, document=paper, Document=_capital(paper))
        self._rests(self.true, at, self._tell(lead, clause, "document"), "same-document", False, True)

    def _loop(self, count: int) -> None:
        first, day, outlets = len(self.drafts), self.day, self.outlets[:count]
        for at in range(count):
            self.day, clause = day, self._clause()
            other = {"other": outlets[(at + 1) % count], "otherday": f"{day:%A}"}
            self._supports(self.true, self._tell(self._line("cite", clause, **other), clause, None))
        names = [draft.story.name for draft in self.drafts[first:]]
        for at, name in enumerate(names):
            self.true.derivations.append(Derived(names[(at + 1) % count], name, "cites", True))
        self.true.loops.append(frozenset(names))
        self.true.reasons.append("a circle of citations gives no ground")

    # What does not support

    def _deny(self, _: int) -> None:
        clause = self._clause()
        draft = self._tell(self._line("deny", clause, **self._speaker()), clause, None)
        self.true.against.append(Passage(draft.story.name, draft.clause))

    def _hedge(self, _: int) -> None:
        clause = self.rng.choice(self.topic["hedged"])
        draft = self._tell(self._line("hedge", clause, **self._speaker()), clause, None)
        self.true.hedged.append(Passage(draft.story.name, draft.clause))

    def _teaser(self, at: int) -> None:
        source = self.drafts[at]
        line = self._line("teaser", source.clause)
        colour = [self.colour.pop()[0] for _ in range(3)]
        draft = self._publish(f"{' '.join(colour)}\n\n{line}", source.clause, None, {})
        self.true.neither.append(Passage(draft.story.name, draft.clause))

    def _retract(self, at: int) -> None:
        self._withdraw(self.true, at)

    def _retract_distorted(self, at: int) -> None:
        self._withdraw(self.changed, at)

    def _withdraw(self, book: _Book, at: int) -> None:
        """Have the outlet of a story take it back under its own name."""
        source = self.drafts[at]
        wrong = self.rng.choice(templates()["moves"]["wrong"])
        clause = self._plain(source.clause)
        text = self._line("retract", clause, wrong=wrong, **self._other(at))
        draft = self._print(source.story.outlet, "Correction", text, clause, None, {})
        book.against.append(Passage(draft.story.name, wrong))
        book.neither.append(Passage(draft.story.name, draft.clause))
        book.withdrawn.add(source.ground or "")
        book.reasons.append(f"{source.story.name} was withdrawn by its own outlet")

    def _plain(self, clause: str) -> str:
        """Return a clause as the topic writes it, whatever letter a story began it with."""
        known = [*self.topic["claims"], self.topic["distorted"]]
        return next(str(one) for one in known if one.lower() == clause.lower())

    def _distort(self, at: int) -> None:
        source = self.drafts[at]
        draft = self._cited(at, self.topic["distorted"], f"distorted {at}")
        self._supports(self.changed, draft)
        self.changed.ground(f"distorted {at}", f"{draft.story.name} changed what {source.story.name} said")
        self.changed.neither.append(Passage(source.story.name, source.clause))
        self.true.distortions.append(Passage(draft.story.name, draft.clause))

    def _cite_distorted(self, at: int) -> None:
        draft = self._cited(at, self.topic["distorted"], self.drafts[at].ground)
        self._rests(self.changed, at, draft, "cites", credited=True, either=False)
        self.true.neither.append(Passage(draft.story.name, draft.clause))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(clause: str) -> str:
    return _capital(clause) + "."


def _as_told(text: str, clause: str) -> str:
    """Return a clause as it stands in a text, with its capital or without."""
    return clause if clause in text else _capital(clause)
