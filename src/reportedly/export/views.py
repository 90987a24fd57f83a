"""What a rendering needs to know of one story, gathered in one object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reportedly.types import Kind, Record, Statement, Story


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


def of_record(record: Record) -> Iterator[StoryView]:
    """Yield the stories of one page, each with its statements."""
    unparsed = frozenset(record.no_pipeline)
    for story in record.stories:
        own = [statement for statement in record.statements if statement.story_id == story.id]
        yield StoryView(record.page.name, story, own, story.id not in unparsed)


def joined(
    stories: Iterable[tuple[str, Story, bool]], statements: Iterable[tuple[str, Story, Statement]]
) -> Iterator[StoryView]:
    """Join two streams in the same order of stories, keeping one story in memory at a time.

    stories: (page name, story, whether its language has a pipeline). One without statements is still shown.
    """
    groups = groupby(statements, key=lambda row: row[1].id)
    waiting = next(groups, None)
    for page_name, story, has_pipeline in stories:
        own: list[Statement] = []
        if waiting is not None and waiting[0] == story.id:
            own = [statement for _, _, statement in waiting[1]]
            waiting = next(groups, None)
        yield StoryView(page_name, story, own, has_pipeline)
