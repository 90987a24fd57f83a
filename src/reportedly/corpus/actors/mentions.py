"""Whom the names in the rows of each story stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportedly.corpus.actors import bodies as bodies_of
from reportedly.corpus.actors import names
from reportedly.corpus.actors.bodies import Bodies
from reportedly.corpus.actors.merging import person_id
from reportedly.corpus.actors.outlets import Outlets
from reportedly.corpus.actors.speaking import NODE, OUTLET, PERSON, Who
from reportedly.corpus.actors.views import View
from reportedly.model.places import Naming
from reportedly.types import ActorKind, MentionLabel


def mentioned(seen: Sequence[View], outlets: Outlets, found: Bodies) -> dict[tuple[str, str], Who]:
    """Return whom each name of the rows stands for in its story."""
    mentions: dict[tuple[str, str], Who] = {}
    for view in seen:
        owners = _owners(view)
        for name, kind in _names(view):
            if (view.story.id, name) in mentions:
                continue
            who = _who(name, kind, view, owners, outlets, found)
            if who is not None:
                mentions[view.story.id, name] = who
    return mentions


def _owners(view: View) -> Mapping[str, str]:
    return {
        form: person_id(view.place, number) for number, one in enumerate(view.people) for form in one.forms
    }


def _names(view: View) -> Iterator[tuple[str, str]]:
    for statement in view.statements:
        for voice in (statement.voice, *statement.via):
            if voice.name:
                yield voice.name, str(voice.kind or "")
            if voice.affiliation and voice.affiliation[:1].isupper():
                yield voice.affiliation, "organisation"
        for name, label in statement.names:
            if label not in (MentionLabel.NUM, MentionLabel.EVENT):
                yield name, label
        for tie in statement.ties:
            for actor in (tie.subject, tie.object):
                if actor.name[:1].isupper():
                    yield actor.name, str(actor.kind)


def _who(
    name: str, kind: str, view: View, owners: Mapping[str, str], outlets: Outlets, found: Bodies
) -> Who | None:
    outlet = outlets.find(name)
    if outlet and (name not in owners or " " in name):
        return Who(OUTLET, outlet)
    if name in owners:
        return Who(PERSON, owners[name])
    naming = names.naming(name)
    if names.key(name) in bodies_of.known_bodies():
        return Who(NODE, found.named(view.place, name))
    if naming in (Naming.NAME, Naming.PEOPLE) or (naming is Naming.SEAT and kind == ActorKind.STATE):
        return Who(
            NODE,
            found.add(bodies_of.Node("state", names.fold(names.state(name) or ""), "", -1), view.place, name),
        )
    if (
        kind in (MentionLabel.ORG, MentionLabel.NORP, "organisation", ActorKind.ARMED_GROUP)
        and name[:1].isupper()
    ):
        return Who(NODE, found.named(view.place, name))
    if kind in (MentionLabel.LOC, ActorKind.PLACE, ActorKind.STATE) and name[:1].isupper():
        return Who(NODE, found.add(bodies_of.Node("place", names.key(name), "", -1), view.place, name))
    return None
