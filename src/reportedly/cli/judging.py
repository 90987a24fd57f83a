"""The command ``judgements``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reportedly import review
from reportedly.cli.asking import opened
from reportedly.cli.running import DONE, print_line, say, show, tree
from reportedly.export import listings
from reportedly.export.lines import dumps
from reportedly.queries.reading import stories_of_page

if TYPE_CHECKING:
    from reportedly.cli.options import Globals, JudgementsOptions
    from reportedly.store import Case
    from reportedly.types import Statement, Story


def judgements(common: Globals, options: JudgementsOptions) -> int:
    """Print what was judged."""
    with opened(options.case, tree(common)) as case:
        told = list(review.history(case))
        standing = review.standing(told)
        if options.format == "corpus":
            for line in review.corpus_lines(standing, lambda page_id: _stories(case, page_id)):
                print_line(dumps(line))
            return DONE
        stands = {one.id for one in standing}
        lines = (listings.judgement_line(one, one.id in stands) for one in told)
        if not show(listings.JUDGEMENTS, lines, options.format):
            say("nothing was judged")
    return DONE


def _stories(case: Case, page_id: str) -> Iterator[tuple[Story, Sequence[Statement]]]:
    for whole in stories_of_page(case, page_id):
        yield whole.story, whole.statements
