"""Mail: header blocks inside text, quoted replies and signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reportedly.page.dates import find_dates
from reportedly.page.draft import Line
from reportedly.page.names import Part

_FIELD = re.compile(
    r"(?P<name>from|to|cc|bcc|date|sent|subject|reply-to|message-id|in-reply-to|references|list-id|"
    r"list-post|mime-version|content-type|content-transfer-encoding|x-[\w-]+|von|an|gesendet|betreff|de|à|"
    r"envoyé|objet)\s?:\s*(?P<value>.*)",
    re.IGNORECASE,
)
_MBOX = re.compile(r"From \S+(?: at \S+)?\s+(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d{4}$")
_ROLES = {
    "subject": "headline",
    "betreff": "headline",
    "objet": "headline",
    "from": "byline",
    "von": "byline",
    "date": "date",
    "sent": "date",
    "gesendet": "date",
    "envoyé": "date",
}
_SUBJECT_MARKS = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s?:\s*|\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)
_REPLY_INTRO = re.compile(
    r"(?:On|Am|Le|El|В)\s.{6,120}(?:wrote|schrieb.{0,60}|a écrit|escribió)\s?:$|-{2,}\s?(?:Original "
    r"Message|Ursprüngliche Nachricht|Message d'origine)\s?-{2,}",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"-{2,}\s?(?:Forwarded message|Begin forwarded message|Weitergeleitete Nachricht)\s?-{2,}|Begin "
    r"forwarded message:",
    re.IGNORECASE,
)


def read_mail_header(lines: Sequence[Line], at: int) -> tuple[list[Part], int] | None:
    """Return the parts and the number of lines of the mail header that begins at line ``at``, or None.

    Two fields in a row at least, one of them From, Date or Subject: "From:" alone is a word of prose.
    """
    first = lines[at].text
    begins = 1 if _MBOX.fullmatch(first) or _FORWARD.fullmatch(first) else 0
    count, names = begins, set()
    while at + count < len(lines) and (count == begins or lines[at + count].gap == 0):
        match = _FIELD.fullmatch(lines[at + count].text)
        if match is None:
            break
        names.add(match["name"].lower())
        count += 1
    if (
        count - begins < 2
        or not names & {"subject", "betreff", "objet"}
        or not names & {"from", "date", "von", "de", "sent"}
    ):
        return None
    return [part for line in lines[at : at + count] for part in _part(line)], count


def _part(line: Line) -> list[Part]:
    match = _FIELD.fullmatch(line.text)
    role = _ROLES.get(match["name"].lower(), "mail-header") if match else "mail-header"
    value = match["value"] if match else ""
    if role == "headline":
        return [Part(line.start, line.end, role, _SUBJECT_MARKS.sub("", value))]
    if role == "date":
        dated = next(find_dates(value), None)
        return (
            [Part(line.start, line.end, role, value, dated, "published")]
            if dated
            else [Part(line.start, line.end, "mail-header")]
        )
    if role == "byline":
        return [Part(line.start, line.end, role, sender(value))]
    return [Part(line.start, line.end, "mail-header")]


def sender(value: str) -> str:
    """Return the name in a From field, its address if it has none."""
    name = re.sub(r"\s*<[^>]*>\s*$", "", value).strip(" \"'")
    bracketed = re.search(r"\(([^)]{2,60})\)\s*$", name)
    return bracketed[1] if bracketed else name or value.strip(" <>")


def mark_replies(lines: Sequence[Line]) -> dict[int, str]:
    """Return, by index of line, which lines are quoted replies or a signature and why."""
    marks: dict[int, str] = {}
    for i, line in enumerate(lines):
        if line.text.startswith(">") or _REPLY_INTRO.fullmatch(line.text):
            marks[i] = "quoted-reply"
        elif line.text in {"--", "-- ", "—"} and _is_signature(lines[i + 1 :]):
            marks |= dict.fromkeys(range(i, len(lines)), "signature")
            break
    if len(marks) == len(lines) or not any(
        len(line.text) > 30 for i, line in enumerate(lines) if i not in marks
    ):
        return (
            {i: reason for i, reason in marks.items() if reason == "signature"}
            if len(marks) < len(lines)
            else {}
        )
    return marks


def _is_signature(rest: Sequence[Line]) -> bool:
    return len(rest) <= 12 and sum(len(line.text) for line in rest) < 800
