"""Names as they stand in a story, with what their words hint at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reportedly.types import Span


class Gender(StrEnum):
    """What first names and titles hint at ("Mr", "actress"); None where they hint at nothing."""

    MASCULINE = "masculine"
    FEMININE = "feminine"


@dataclass(frozen=True, slots=True)
class Mention:
    """One name at one place.

    span: the name's own words, without title ("Tony Duheaume", "the CIA" without "the").
    name: the fullest name that the story gives to whom is meant here, as far as names alone tell.
    cluster: mentions of one number share a name; two people of one surname have two. Counts from 0.
    gender: a hint, None where there is none.
    plural: whether the words mean several ("the Democrats"); None where they do not tell.
    animate: a person, a people (True) or a body, place, thing (False); None where they do not tell.
    """

    span: Span
    name: str
    cluster: int
    gender: Gender | None = None
    plural: bool | None = None
    animate: bool | None = None
