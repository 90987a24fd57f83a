from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer

from reportedly.attribution.continued import Group, join, with_continuations
from reportedly.attribution.linking import CONTENT, CUE
from reportedly.attribution.spans import Tagged
from reportedly.attribution.tagging import Tags, paragraph_numbers
from reportedly.attribution.wording import Wording
from reportedly.model.meta import TOKENIZER
from reportedly.parse.features import read_pieces


class Story:
    """A text whose tagged spans are given by their words."""

    def __init__(self, text: str, *tagged: tuple[int, str]) -> None:
        self.text = text
        self.offsets = read_pieces(text, Tokenizer.from_file(str(TOKENIZER))).offsets
        self.wording = Wording(text)
        spans = tuple(self._tagged(role, words) for role, words in tagged)
        chances = np.full(len(spans), 0.5, dtype=np.float32)
        self.tags = Tags(spans, chances, paragraph_numbers(text, self.offsets))

    def _tagged(self, role: int, words: str) -> Tagged:
        at = self.text.index(words)
        start = int(np.searchsorted(self.offsets[:, 0], at))
        end = int(np.searchsorted(self.offsets[:, 1], at + len(words))) + 1
        return Tagged(role, start, end)

    def words(self, span: Tagged) -> str:
        return self.text[self.offsets[span.start, 0] : self.offsets[span.end - 1, 1]]


OPEN = "“We lost it,” he said. “We lost\n\n“And then”\n\n“Who else?” said Bo."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (OPEN, ["“We lost", "“And then”"]),
        (OPEN.replace("“We lost\n", "“We lost”\n"), ["“We lost"]),
        (OPEN.replace("“And then”", "And then"), ["“We lost"]),
        ("``A``\n``B\n\n``It rained''", ["``It rained''"]),
    ],
)
def test_only_paragraphs_that_go_on_with_an_open_quotation_are_filled_in(
    text: str, expected: list[str]
) -> None:
    known = "“We lost" if "“We lost" in text else "``B"
    story = Story(text, (CONTENT, known))
    if known == "“We lost":
        at = text.rindex("“We lost")
        start = int(np.searchsorted(story.offsets[:, 0], at))
        span = Tagged(CONTENT, start, start + 3)
        story.tags = Tags((span,), story.tags.probabilities, story.tags.paragraphs)
    found = with_continuations(story.tags, story.offsets, story.wording)
    assert [story.words(span) for span in found.spans if story.words(span) != "``B"] == expected


def test_the_paragraph_with_the_cue_owns_the_quotation() -> None:
    story = Story(
        "“It rained.\n“It snowed,” Bo said.",
        (CONTENT, "“It rained."),
        (CONTENT, "“It snowed,”"),
        (CUE, "said"),
    )
    groups = [Group(contents=[0]), Group(cue=2, contents=[1])]
    join(groups, story.tags, story.offsets, story.wording)
    assert [sorted(group.contents) for group in groups] == [[], [0, 1]]


def test_two_cues_keep_their_own_words() -> None:
    story = Story(
        "Bo said “it rained.\n“It snowed,” Cy warned.",
        (CUE, "said"),
        (CONTENT, "“it rained."),
        (CONTENT, "“It snowed,”"),
        (CUE, "warned"),
    )
    groups = [Group(cue=0, contents=[1]), Group(cue=3, contents=[2])]
    join(groups, story.tags, story.offsets, story.wording)
    assert [group.contents for group in groups] == [[1], [2]]
