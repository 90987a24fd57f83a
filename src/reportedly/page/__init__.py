"""Pages to stories: what belongs to a story, what is set aside and why, and what the story says about
itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from importlib import import_module

from reportedly.errors import RejectedError
from reportedly.page.draft import Draft, build_stories, tidy
from reportedly.page.finish import merge_empty, metadata_of, page_order
from reportedly.page.markdown import markdown_drafts
from reportedly.page.repair import repairs
from reportedly.page.text import text_drafts
from reportedly.settings import PageSettings
from reportedly.types import Edit, Media, Metadata, Page, Reason, Stage, Story

__all__ = ["split_stories"]


def split_stories(page: Page, settings: PageSettings) -> tuple[Story, ...]:
    """Take ``page`` apart into its stories, in page order; their language is left "und".

    Every non-blank character of the page stands in exactly one story, in its text, in an edit of it or in a
    block
    set aside.

    Raises:
        RejectedError: with reason NO_STORY where no stretch of text of `settings.min_story_characters` is
        found.
    """
    found = _drafts(page)
    tidy(page.text, found)
    drafts = merge_empty(found, settings.min_story_characters)
    if not drafts:
        raise RejectedError(Stage.PAGE, Reason.NO_STORY, page.name, "no running text was found on the page")
    for draft in drafts:
        _repair(draft, page.text)
    return build_stories(page, _described(page, drafts))


def _drafts(page: Page) -> list[Draft]:
    if page.media is Media.HTML and page.html is not None:
        web = import_module("reportedly.page.web")  # with lxml: only where there is HTML
        return list(web.html_drafts(page))
    if page.media is Media.MARKDOWN:
        return markdown_drafts(page)
    return text_drafts(page)


def _described(page: Page, drafts: list[Draft]) -> list[tuple[Draft, Metadata]]:
    order = page_order(drafts, page.text)
    whole = page.fields if len(drafts) == 1 or page.media is Media.ROW else {}
    pairs = []
    for i, draft in enumerate(drafts):
        fields = page.fields if i == 0 and page.fields else whole
        pairs.append((draft, metadata_of(draft, fields, order, page.text)))
    return pairs


def _repair(draft: Draft, text: str) -> None:
    """Mend encoding damage in what is kept, except where another edit stands already."""
    taken = sorted((edit.page_start, edit.page_end) for edit in draft.edits)
    for piece in draft.pieces:
        if piece.kept:
            draft.edits += [edit for edit in repairs(text, piece.start, piece.end) if _free(edit, taken)]


def _free(edit: Edit, taken: Sequence[tuple[int, int]]) -> bool:
    after = bisect_left(taken, (edit.page_start, edit.page_end))
    clear_before = after == 0 or taken[after - 1][1] <= edit.page_start
    return clear_before and (after == len(taken) or taken[after][0] >= edit.page_end)
