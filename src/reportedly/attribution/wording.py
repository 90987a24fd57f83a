"""Questions about the quotation marks of one text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from reportedly.model.quotation import BREAK, Quote, in_quotation, quotation
from reportedly.types import Kind, Span


class Wording:
    """A text with the state of quotation at each character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._states = quotation(text)
        self._words = _alphanumeric(text)
        breaks = [found.start() for found in BREAK.finditer(text)]
        self._edges = np.array([-1, *breaks, len(text)], dtype=np.int64)
        self._settle_unclosed()

    def _settle_unclosed(self) -> None:
        """A quotation left open counts where it opens its paragraph or the next paragraph goes on with it.

        Any other lone mark is an error of the page and quotes nothing: it must not make direct speech of the
        rest of the paragraph.
        """
        self._quoted = in_quotation(self._states)
        unclosed = self._states == Quote.UNCLOSED
        places = np.flatnonzero(unclosed)
        for number in np.unique(np.searchsorted(self._edges, places, side="left") - 1).tolist():
            start, end = int(self._edges[number]) + 1, int(self._edges[number + 1])
            if self.continues(start) or self._continued(number):
                self._quoted[start:end] |= unclosed[start:end]

    def continues(self, offset: int) -> bool:
        """Tell whether the paragraph of ``offset`` begins with an opening mark."""
        number = int(np.searchsorted(self._edges, offset, side="left")) - 1
        return self._opens(number)

    def _opens(self, number: int) -> bool:
        start, end = int(self._edges[number]) + 1, int(self._edges[number + 1])
        line = self.text[start:end]
        at = start + len(line) - len(line.lstrip())
        return at < end and bool(self._states[at] == Quote.OPENING)

    def _continued(self, number: int) -> bool:
        """Tell whether the next paragraph that is not blank begins with an opening mark."""
        for later in range(number + 1, min(number + 3, len(self._edges) - 1)):
            if self.text[self._edges[later] + 1 : self._edges[later + 1]].strip():
                return self._opens(later)
        return False

    def closes(self, offset: int) -> bool:
        """Tell whether a closing mark stands at a character."""
        return bool(self._states[offset] == Quote.CLOSING)

    def same_quotation(self, end: int, start: int) -> bool:
        """Tell whether the quotation standing at character ``end`` is still open when ``start`` begins."""
        number = int(np.searchsorted(self._edges, end, side="left")) - 1
        last = int(self._edges[number + 1])
        tail = self._states[max(0, end - 1) : last]
        left_open = (
            bool(len(tail)) and bool((tail == Quote.UNCLOSED).any()) and not (tail == Quote.CLOSING).any()
        )
        return left_open and not self.text[last:start].strip()

    def whole_quotation(self, span: Span) -> Span:
        """Take in the mark that a span stops right before, if it holds the other, and the stop before it."""
        start, end = span.start, span.end
        states = self._states
        if end < len(states) and self.text[end] in ".!?…," and states[end] in (Quote.INSIDE, Quote.UNCLOSED):
            end += int(states[end - 1] in (Quote.INSIDE, Quote.UNCLOSED))
        inner = states[start:end]
        opens, closes = int((inner == Quote.OPENING).sum()), int((inner == Quote.CLOSING).sum())
        if opens > closes and end < len(states) and states[end] == Quote.CLOSING:
            end += 1 + (self.text[end : end + 2] == "''")
        if closes > opens and start and states[start - 1] == Quote.OPENING:
            start -= 1 + (self.text[start - 2 : start] == "``")
        return Span(start, end)

    def within_marks(self, start: int, end: int) -> tuple[int, int]:
        """Return the range without the marks of the one quotation that fills it, closed or left open."""
        states = self._states[start:end]
        opening = (
            int((states[:2] == Quote.OPENING).sum()) if len(states) and states[0] == Quote.OPENING else 0
        )
        closings = np.flatnonzero(states == Quote.CLOSING)
        if not len(closings):
            return start + opening, end
        first = start + int(closings[0])
        if self._words[first:end].any() or (not opening and (states == Quote.OPENING).any()):
            return start, end
        return start + opening, first

    def kind(self, content: Sequence[Span]) -> Kind:
        """Return whether all, some or none of the content's words stand in quotation marks."""
        quoted = words = 0
        for span in content:
            here = self._words[span.start : span.end]
            words += int(here.sum())
            quoted += int((here & self._quoted[span.start : span.end]).sum())
        if not quoted:
            return Kind.INDIRECT
        return Kind.DIRECT if quoted == words else Kind.MIXED


def _alphanumeric(text: str) -> NDArray[np.bool_]:
    """Return for each character whether it is a letter or a digit; each kind of character is asked once."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds, places = np.unique(codes, return_inverse=True)
    known = np.fromiter((chr(code).isalnum() for code in kinds.tolist()), dtype=bool, count=len(kinds))
    found: NDArray[np.bool_] = known[places.reshape(-1)]
    return found
