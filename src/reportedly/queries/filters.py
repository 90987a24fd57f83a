"""Which statements and stories are wanted: `Filters`, and the SQL conditions that hold a row to them.

Each condition lets everything pass where its parameter is null, so one prepared query serves all filters.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.errors import ConfigurationError
from reportedly.store import Case, calendar_range
from reportedly.types import PLOVER, Commitment, Kind, VoiceKind

KINDS = tuple(dict.fromkeys([*(kind.value for kind in Kind), *(kind.value for kind in VoiceKind)]))
"""What `Filters.kind` can be: how a statement stands in its story, or what its voice is."""

PASSES = """
    (:source IS NULL OR instr(folded(s.source), :source)
     OR (s.kind <> 'author' AND instr(folded(s.voice_name), :source)))
    AND (:kind IS NULL OR s.kind = :kind OR s.voice_kind = :kind)
    AND (:voice_kind IS NULL OR s.voice_kind = :voice_kind)
    AND (:commitment IS NULL OR s.commitment IN (SELECT value FROM json_each(:commitment)))
    AND (NOT :nested OR s.parent IS NOT NULL)
    AND (:about IS NULL
         OR s.row IN (SELECT rowid FROM statements_search WHERE statements_search MATCH :about))
    AND (NOT :by_voice OR EXISTS (
        SELECT 1 FROM voices v WHERE v.statement_id = s.id AND v.position = json_array_length(s.chain) - 1
        AND (:voice IS NULL OR instr(folded(v.name), :voice) OR instr(folded(v.label), :voice))
        AND (:role IS NULL OR instr(folded(v.role), :role) OR instr(folded(v.affiliation), :role))
        AND (NOT :of_itself OR v.of_itself)
        AND (NOT :anonymous OR v.anonymous)))
    AND (:via IS NULL OR EXISTS (
        SELECT 1 FROM voices v WHERE v.statement_id = s.id
        AND v.position BETWEEN 1 AND json_array_length(s.chain) - 2
        AND (instr(folded(v.name), :via) OR instr(folded(v.label), :via))))
    AND (NOT :by_time OR EXISTS (
        SELECT 1 FROM times c WHERE c.statement_id = s.id AND c.role = 'claim'
        AND coalesce(c.first_day, c.last_day) IS NOT NULL
        AND (:after IS NULL OR c.last_day IS NULL OR c.last_day >= :after)
        AND (:before IS NULL OR c.first_day IS NULL OR c.first_day <= :before)))
    AND (NOT :by_tie OR EXISTS (
        SELECT 1 FROM ties e WHERE e.statement_id = s.id
        AND (:actor IS NULL
             OR instr(folded(e.subject_name), :actor) OR instr(folded(e.object_name), :actor)
             OR instr(folded(e.subject_state), :actor) OR instr(folded(e.object_state), :actor))
        AND (:relation IS NULL OR folded(e.relation) = :relation)
        AND (:plover IS NULL OR folded(e.plover) = :plover)))
"""
"""Holds a statement ``s`` to the filters."""

STORY_PASSES = """
    (:outlet IS NULL OR instr(folded(t.outlet), :outlet))
    AND (:first IS NULL OR t.published_last >= :first)
    AND (:last IS NULL OR t.published_first <= :last)
    AND (:text IS NULL OR t.row IN (SELECT rowid FROM stories_search WHERE stories_search MATCH :text))
"""
"""Holds a story ``t`` to the filters."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are wanted; what is None, empty or false lets all pass, and whatever is set must hold.

    source: part of the source's words or of its resolved name, in any case; no outlet in its own voice.
    voice: part of what the voice that speaks is called, its name or what the chain calls it.
    role: part of that voice's role or of the body that it speaks for.
    via: part of the name of a voice on the way to it, the story's outlet left out.
    about: words of the content, all of them, in any order. text: the same for the story's title and text.
    outlet: part of the outlet's name, in any case.
    kind: one of `KINDS`. voice_kind: one of `VoiceKind`. commitment: some of FactBank's values, any of them.
    date_from, date_to: ISO dates of any precision, inclusive; a story passes if any day that its own date can
    mean lies between them, and an undated story does not. after, before: the same for the times of the claim.
    actor: part of the name or state of either side of a tie; relation: its lemma; plover: its class. All that
    are set must hold for one tie.
    nested: only what stands in another's content. of_itself: only a party about its own conduct. anonymous:
    only sources that asked not to be named.
    """

    source: str | None = None
    about: str | None = None
    outlet: str | None = None
    kind: str | None = None
    commitment: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    text: str | None = None
    voice: str | None = None
    voice_kind: str | None = None
    role: str | None = None
    via: str | None = None
    after: str | None = None
    before: str | None = None
    actor: str | None = None
    relation: str | None = None
    plover: str | None = None
    nested: bool = False
    of_itself: bool = False
    anonymous: bool = False

    def check(self) -> None:
        """Check the values.

        Raises:
            ConfigurationError: with every problem found.
        """
        asked = (
            ("kind", self.kind, KINDS),
            ("voice kind", self.voice_kind, tuple(one.value for one in VoiceKind)),
            ("PLOVER class", self.plover and self.plover.upper(), PLOVER),
            *(("commitment", one, tuple(one.value for one in Commitment)) for one in self.commitment),
        )
        problems = [
            f"{value!r} is no {name}; one of: {', '.join(allowed)}"
            for name, value, allowed in asked
            if value is not None and value not in allowed
        ]
        problems += _date_problems("from", self.date_from, "to", self.date_to)
        problems += _date_problems("after", self.after, "before", self.before)
        if problems:
            raise ConfigurationError(problems)

    @property
    def by_statement(self) -> bool:
        """Whether anything is asked of statements, and not of stories alone."""
        story = {"outlet", "date_from", "date_to", "text"}
        return any(getattr(self, name) for name in self.__dataclass_fields__ if name not in story)


def parameters(case: Case, filters: Filters) -> dict[str, str | bool | None]:
    """Return the parameters of `PASSES` and `STORY_PASSES`; null lets everything pass.

    Raises:
        ConfigurationError: a filter has an impossible value.
    """
    filters.check()
    case.function("folded", folded)
    words = {
        name: folded(getattr(filters, name))
        for name in ("source", "outlet", "voice", "role", "via", "actor", "relation", "plover")
    }
    return {
        **words,
        "kind": filters.kind,
        "voice_kind": filters.voice_kind,
        "commitment": _listed(filters.commitment),
        "nested": filters.nested,
        "of_itself": filters.of_itself,
        "anonymous": filters.anonymous,
        "about": all_words(filters.about, "content"),
        "text": all_words(filters.text, "{title text}"),
        "first": _day(filters.date_from, 0),
        "last": _day(filters.date_to, 1),
        "after": _day(filters.after, 0),
        "before": _day(filters.before, 1),
        "by_statement": filters.by_statement,
        "by_voice": any((filters.voice, filters.role, filters.of_itself, filters.anonymous)),
        "by_time": any((filters.after, filters.before)),
        "by_tie": any((filters.actor, filters.relation, filters.plover)),
    }


def folded(text: str | None) -> str | None:
    """Return text as it is compared: folded case, single blanks."""
    return None if text is None else " ".join(text.casefold().split())


def all_words(words: str | None, columns: str) -> str | None:
    """Return the FTS5 query for all of the words, each taken literally."""
    if words is None:
        return None
    quoted = " AND ".join('"' + word.replace('"', '""') + '"' for word in words.split())
    return f"{columns} : ({quoted})" if quoted else None


def _date_problems(early: str, first: str | None, late: str, last: str | None) -> list[str]:
    problems = [
        f"{date!r} is no date; write 2018, 2018-03 or 2018-03-14"
        for date in (first, last)
        if date is not None and calendar_range(date) is None
    ]
    begins, ends = _day(first, 0), _day(last, 1)
    if begins and ends and begins > ends:
        problems.append(f"{early} {first} {late} {last}: nothing lies between, {early} is the later")
    return problems


def _listed(found: tuple[str, ...]) -> str | None:
    """Return words without quotation marks or backslashes as a JSON list, None of none."""
    return "[" + ",".join(f'"{one}"' for one in found) + "]" if found else None


def _day(date: str | None, which: int) -> str | None:
    days = calendar_range(date)
    return days[which] if days else None
