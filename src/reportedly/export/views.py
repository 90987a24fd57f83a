"""What a rendering needs to know of one story, gathered in one object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportedly.types import Kind, Statement, Story


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story and its statements.

    page_name: path or URL as given.
    has_pipeline: False where the story's language has no pipeline: it is stored whole and has no statements.
    """

    page_name: str
    story: Story
    statements: Sequence[Statement]
    has_pipeline: bool = True

    @property
    def author_count(self) -> int:
        """How many statements the story makes in its own voice."""
        return sum(statement.kind is Kind.AUTHOR for statement in self.statements)

    @property
    def told_count(self) -> int:
        """How many statements somebody else makes in it."""
        return len(self.statements) - self.author_count


def with_statements(
    stories: Iterable[tuple[str, Story]],
    statements: Iterable[tuple[str, Story, Statement]],
    languages: Iterable[str],
) -> Iterator[StoryView]:
    """Join two streams in the same order of stories, keeping one story in memory at a time.

    languages: those that have a pipeline. A story without statements is still shown.
    """
    known = frozenset(languages)
    groups = groupby(statements, key=lambda row: row[1].id)
    waiting = next(groups, None)
    for page_name, story in stories:
        own: list[Statement] = []
        if waiting is not None and waiting[0] == story.id:
            own = [statement for _, _, statement in waiting[1]]
            waiting = next(groups, None)
        yield StoryView(page_name, story, own, story.language in known)
