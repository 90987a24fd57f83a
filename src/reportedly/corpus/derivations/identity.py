"""Whether two sources are one: for certain, maybe, or not."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.corpus.derivations.days import days_after
from reportedly.corpus.derivations.lexicon import lexicon, plain_words
from reportedly.corpus.derivations.standing import Sort, Standing
from reportedly.types.claims import How

DAYS = 1
"""How many days apart two stories of one occasion may be published."""

_VAGUE = {Sort.UNKNOWN: 0, Sort.UNNAMED: 1}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How two sources stand to each other. certain: they are one; else they may be."""

    how: How
    certain: bool


def compare(a: Standing, b: Standing) -> Verdict | None:
    """Return how two sources stand to each other, None for two that are not one.

    An outlet's own voice is left to others, and so is an outlet that is cited.
    """
    if Sort.OWN in (a.sort, b.sort) or Sort.OUTLET in (a.sort, b.sort):
        return None
    if Sort.UNKNOWN in (a.sort, b.sort):
        return Verdict(How.SAME_SPEAKER, certain=False)
    if Sort.PAPER in (a.sort, b.sort):
        return _papers(a, b)
    certain = _speakers(a, b)
    together = _one_occasion(a, b)
    if certain:
        return Verdict(How.SAME_EVENT if together else How.SAME_SPEAKER, certain=True)
    if certain is False:
        joint = not {a.occasion, b.occasion} & lexicon().loose_occasions
        return Verdict(How.SAME_EVENT, certain=joint) if together else None
    if not _maybe(a, b):
        return None
    openly = together and not (a.statement.voice.anonymous or b.statement.voice.anonymous)
    return Verdict(How.SAME_EVENT if openly else How.SAME_SPEAKER, certain=openly)


def vaguer(a: Standing, b: Standing) -> bool:
    """Return whether the first source says less of who it is than the second."""
    return _vagueness(a) < _vagueness(b)


def _vagueness(one: Standing) -> tuple[int, bool]:
    return _VAGUE.get(one.sort, 2), bool(one.office or one.name)


def _speakers(a: Standing, b: Standing) -> bool | None:
    """Return whether two speakers are one: True, False, or None where it cannot be told."""
    if a.actor is not None and a.actor == b.actor:
        return True
    if a.ground is not None and a.ground == b.ground:
        return True
    if Sort.UNNAMED in (a.sort, b.sort):
        return None
    if _is_whom(a, b) or _is_whom(b, a):
        return True
    if a.sort is b.sort is Sort.PERSON:
        return _persons(a, b)
    if Sort.PERSON in (a.sort, b.sort):
        person, other = (a, b) if a.sort is Sort.PERSON else (b, a)
        return _person_and(person, other)
    if a.sort is b.sort is Sort.BODY and a.ground and b.ground:
        return False
    return _within(a.office, b.office)


def _is_whom(one: Standing, other: Standing) -> bool:
    """Whether a body without a name ("the company") is the one that its own words and the other speak of."""
    return speaks_for(other, one.about) or bool(one.about & other.about)


def speaks_for(one: Standing, names: frozenset[str]) -> bool:
    """Whether a source is a body of one of these names, or a person who speaks for it."""
    if one.called & names:
        return True
    return one.chief and any(told and told <= one.office for told in map(_plainly, names))


def _plainly(name: str) -> frozenset[str]:
    return plain_words([name])


def _persons(a: Standing, b: Standing) -> bool:
    if _one_name(a.name, b.name):
        apart = a.actor is not None and b.actor is not None
        return not apart
    return a.chief and b.chief and _within(_body(a), _body(b))


def _one_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether names agree in the last word, and in the first one or its initial where both have one."""
    if not a or not b or a[-1] != b[-1]:
        return False
    first, other = a[0], b[0]
    if len(a) == 1 or len(b) == 1 or first == other:
        return True
    return first[0] == other[0] and min(len(first.rstrip(".")), len(other.rstrip("."))) == 1


def _person_and(person: Standing, other: Standing) -> bool:
    """Whether a named person is the holder of an office, or speaks for a body."""
    if set(person.name) <= other.office:
        return True
    if other.sort is Sort.HOLDER:
        return bool(other.office) and other.office <= person.office
    body = other.office - lexicon().speaks_for or other.office
    body = body - lexicon().bodies or body
    return person.chief and bool(body) and (body <= person.office or _within(_body(person), body))


def _body(one: Standing) -> frozenset[str]:
    return frozenset(one.office - lexicon().speaks_for)


def _within(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and (a <= b or b <= a)


def _maybe(a: Standing, b: Standing) -> bool:
    """Whether two sources, one of them unnamed at least, may be one."""
    if a.bureau is not None and b.bureau is not None:
        return a.bureau == b.bureau
    vague, other = (a, b) if a.sort is Sort.UNNAMED else (b, a)
    if other.sort is Sort.UNNAMED:
        return _within(a.office, b.office) or not (a.office and b.office)
    if not vague.office:
        return other.chief or other.sort is Sort.BODY
    return vague.office <= other.office or _within(vague.office, _body(other))


def _papers(a: Standing, b: Standing) -> Verdict | None:
    """Compare a paper with a paper, or with who may have issued it."""
    if a.ground is not None and a.ground == b.ground:
        return Verdict(How.SAME_DOCUMENT, certain=True)
    if a.sort is b.sort:
        return _two_papers(a, b)
    paper, author = (a, b) if a.sort is Sort.PAPER else (b, a)
    if not paper.office:
        return None
    if author.sort is Sort.UNNAMED:
        return Verdict(How.SAME_DOCUMENT, certain=False) if _within(paper.office, author.office) else None
    issued = paper.office <= author.office or (
        author.sort is not Sort.PERSON and _within(paper.office, author.office)
    )
    named = author.sort is Sort.PERSON and set(author.name[-1:]) <= paper.office
    if named or (issued and (author.chief or author.author or author.sort is not Sort.PERSON)):
        return Verdict(How.SAME_DOCUMENT, certain=True)
    return Verdict(How.SAME_DOCUMENT, certain=False) if issued else None


def _two_papers(a: Standing, b: Standing) -> Verdict | None:
    if a.actor is not None and a.actor == b.actor:
        return Verdict(How.SAME_DOCUMENT, certain=True)
    if a.office and b.office:
        one = _within(a.office, b.office) and (bool(a.papers & b.papers) or not a.papers or not b.papers)
        return Verdict(How.SAME_DOCUMENT, certain=True) if one else None
    if a.papers & b.papers:
        rare = bool(a.papers & b.papers - lexicon().common_papers)
        return Verdict(How.SAME_DOCUMENT, certain=a.office == b.office or rare)
    general = {"document", "paper", "file"}
    loose = a.papers <= general or b.papers <= general
    return Verdict(How.SAME_DOCUMENT, certain=False) if loose else None


def _one_occasion(a: Standing, b: Standing) -> bool:
    """Whether both speak where several listened, at about one time."""
    if a.occasion is None or b.occasion is None:
        return False
    apart = days_after(a.story, b.story)
    return apart is not None and abs(apart) <= DAYS
