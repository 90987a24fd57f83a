"""Which statements stand for what they say, and which only mention it: questions, teasers, withdrawn
reports."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from reportedly.corpus.wording.views import is_denied, is_infinitive
from reportedly.types import Commitment, Kind
from reportedly.types.claims import Corpus, StatementRow, StoryRow

QUESTION, TEASER, WITHDRAWN, RUMOUR = "question", "teaser", "withdrawn", "rumour"
DENIED, PART, TOPIC, WISH = "denied", "part of another", "names a matter", "says what is to be"
HOUSE = "about the outlet's own pages"

_TEASER = re.compile(
    r"^\W*(?:read (?:more|also|next)|see also|also (?:on|in|read)\b[^:]{0,30}|more (?:on|from)\b[^:]{0,30}"
    r"|related"
    r"|most read|you may also like|watch|listen|in pictures|gallery|editor'?s? picks?|trending|don'?t miss"
    r"|recommended|previously|elsewhere on\b[^:]{0,20})\s*[:|»]",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:ask|asks|asked|asking|wonder\w*|question(?:s|ed|ing)?|inquir\w+|enquir\w+)\b", re.IGNORECASE
)
_ASKED = re.compile(r"^\W*(?:whether|if|why|how|who|what|when|where)\b", re.IGNORECASE)
_WRONG = re.compile(
    r"\b(?:(?:that|this|which|it|(?:the|that|this|our|those|these) "
    r"(?:report|story|article|claim|statement|figure|number|name|date|account|information)s?) "
    r"(?:was|is|were|are|has been|proved|turned out(?: to be)?) (?:\w+ )?"
    r"(?:wrong|false|untrue|incorrect|inaccurate|mistaken|not true|an error|a mistake|unfounded|baseless)"
    r"|(?:withdr[aeo]ws?|withdrawn|retract(?:s|ed|ing)?) (?:the|this|that|our|its|it)\b"
    r"|(?:was|is|were) (?:untrue|false|wrong|incorrect),? (?:and )?we\b"
    r"|we (?:now )?(?:accept|acknowledge|know) that (?:this|that|it) (?:was|is) "
    r"(?:untrue|false|wrong|not true|not so)"
    r"|(?:gave|stated|printed|published|carried) (?:a |the )?(?:wrong|incorrect|false))",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"\b(?:retract(?:s|ed|ing)?|withdr[ae]w(?:s|n|ing)?|disown(?:s|ed|ing)?|t(?:akes?|ook|aking) back"
    r"|apologi[sz](?:es?|ed|ing) for)\b",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:its|our|the|a|an|this|that)\b[^.]{0,40}?"
    r"\b(?:report|story|article|claim|statement|post|account|item)s?\b[^.]{0,40}?\b(?:that|saying|claiming)\b",
    re.IGNORECASE,
)
_RUMOUR = re.compile(
    r"\b(?:shrugged off|dismissed|denied|rejected|despite|amid|no truth (?:to|in)|quell\w*|scotch\w*"
    r"|laughed off)\b"
    r"[^.]{0,20}\b(?:rumou?rs?|reports?|talk|speculation|claims?|allegations?)\b",
    re.IGNORECASE,
)
LEAST_REAL = 0.8
"""Factuality, of -3 to 3, below which a content to which its voice does not commit is no assertion."""
_OPEN = frozenset({Commitment.UU, Commitment.CT_U, None})
_FINITE = re.compile(
    r"^\W*that\b|\b(?:is|are|was|were|am|has|have|had|will|would|can|could|may|might|must|should|shall"
    r"|did|does|do)\b|n['’]t\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|according to|report(?:s|ed|ing)?"
    r"|announc(?:e|es|ed|ing)|confirm(?:s|ed|ing)?|reveal(?:s|ed|ing)?|stat(?:e|es|ed|ing)|add(?:s|ed|ing)?|wr(?:ite|ites|ote|iting)"
    r"|claim(?:s|ed|ing)?|insist(?:s|ed|ing)?|explain(?:s|ed|ing)?|show(?:s|ed|n)?|recall(?:s|ed|ing)?"
    r"|testif(?:y|ies|ied)|learned|found|posted|tweeted)\b",
    re.IGNORECASE,
)
_HEARSAY = re.compile(
    r"^\W*(?:\w+ ){0,2}(?:rumou?rs?|speculation|talk|gossip|whispers|(?:media |press |news )?reports|claims"
    r"|allegations)"
    r"(?: \w+){0,3} (?:that|of)\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:subscri(?:be|bing|ption)|newsletters?|privacy policy|terms of (?:use|service)|sign up|click here"
    r"|all rights reserved|follow us|promotional offers|contributed to this (?:report|story|article)"
    r"|download our app|support our journalism"
    r"|respond(?:ed)? to (?:a |our |multiple |the )?requests? for comment|declined to comment)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:we|our|us|it was|(?:was|were) (?:said|written|claimed|stated)|report\w*|published|wrote|article"
    r"|story|issue)\b"
)
REACH = 260
"""Characters after a mention within which it may be called wrong."""


def mentions(corpus: Corpus) -> Mapping[str, str]:
    """Return the statements that do not stand for what they say, each with the reason."""
    found: dict[str, str] = {}
    of: defaultdict[str, list[StatementRow]] = defaultdict(list)
    for one in corpus.statements:
        of[one.story_id].append(one)
    for story in corpus.stories:
        found.update(_of_story(story, of.get(story.id, ())))
    return MappingProxyType(found)


def withdrawals(text: str) -> list[tuple[int, str]]:
    """Return where a text calls a report wrong or withdraws it, with its words."""
    return [(found.start(), found[0].strip()) for found in _WRONG.finditer(text)]


def _of_story(story: StoryRow, statements: Sequence[StatementRow]) -> Iterator[tuple[str, str]]:
    wrong = [place for place, _ in withdrawals(story.text)]
    for one in statements:
        reason = _reason(story, one, wrong)
        if reason:
            yield one.id, reason


def _reason(story: StoryRow, one: StatementRow, wrong: Sequence[int]) -> str | None:
    return _own_reason(one) or (_told_reason(story, one, wrong) if one.spans else None)


def _own_reason(one: StatementRow) -> str | None:
    """Return why a statement stands for nothing by its own words."""
    if one.parent is not None and is_infinitive(one):
        return PART
    if _is_question(one):
        return QUESTION
    if one.kind is Kind.AUTHOR and _HOUSE.search(one.content):
        return HOUSE
    return DENIED if is_denied(one) else _unreal(one)


def _told_reason(story: StoryRow, one: StatementRow, wrong: Sequence[int]) -> str | None:
    """Return why a statement stands for nothing by what the story says around it."""
    start, end = one.spans[0].start, one.spans[-1].end
    line = story.text.rfind("\n", 0, start) + 1
    if _TEASER.match(story.text[line:start] + one.content):
        return TEASER
    if _takes_back(story, one) or (
        any(end - 1 <= place <= end + REACH for place in wrong) and _is_own_report(story, one)
    ):
        return WITHDRAWN
    before = story.text[max(story.text.rfind(". ", 0, start) + 1, line) : start]
    if _RUMOUR.search(before) or (one.kind is not Kind.AUTHOR and _HEARSAY.match(one.content)):
        return RUMOUR
    return None


def _unreal(one: StatementRow) -> str | None:
    """Return why a content asserts nothing: it has no predicate ("the inquiry"), or it is wanted or asked
    for."""
    if one.kind is Kind.AUTHOR or one.row < 0:
        return None
    if _FINITE.search(one.content) or (one.cue and _SAYS.search(one.cue) and not is_infinitive(one)):
        return None
    if one.factuality is None:
        return TOPIC
    return WISH if one.commitment in _OPEN and one.factuality < LEAST_REAL else None


def _is_question(one: StatementRow) -> bool:
    if one.content.rstrip("\"”’' ").endswith("?"):
        return True
    return bool(one.cue and _ASKS.search(one.cue) and _ASKED.match(one.content))


def _takes_back(story: StoryRow, one: StatementRow) -> bool:
    """Whether a statement is what its own outlet takes back: "The Mail retracts its report that"."""
    if one.kind is Kind.AUTHOR:
        found = _TAKES_BACK.search(one.content)
        opening = one.content[: found.start()].lower() if found else ""
        outlet = (story.outlet or "").lower()
        own = bool(re.search(r"\bwe\b", opening)) or (outlet != "" and outlet in opening)
        return bool(
            found and own and len(opening) <= REACH // 4 and _REPORT.match(one.content, found.end() + 1)
        )
    return bool(
        _TAKES_BACK.search(one.cue or "") and _REPORT.search(one.content) and _is_own_report(story, one)
    )


def _is_own_report(story: StoryRow, one: StatementRow) -> bool:
    """Whether a statement is what a report said: "we reported that", "our issue of Monday said that"."""
    if one.kind is Kind.AUTHOR:
        return False
    text = f"{one.source or ''} {one.cue or ''}".lower()
    outlet = (story.outlet or "").lower()
    return bool(_OWN.search(text)) or (outlet != "" and outlet in text)
