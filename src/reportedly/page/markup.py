"""What the markup of a page says about its story: meta tags, JSON-LD, ``<time>``, canonical link, the URL's
date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from reportedly.page.dates import parse_date
from reportedly.page.draft import Draft
from reportedly.page.names import is_outlet_like
from reportedly.page.urls import url_date
from reportedly.types import PublishedDate

_META = {
    "title": (
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "citation_title",
        "parsely-title",
        "sailthru.title",
        "headline",
    ),
    "outlet": (
        "og:site_name",
        "application-name",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "citation_journal_title",
        "cre",
        "article:publisher",
    ),
    "byline": (
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "byl",
        "citation_author",
        "parsely-author",
        "sailthru.author",
        "dc.contributor",
        "creator",
    ),
    "section": ("article:section", "section", "parsely-section", "og:article:section"),
    "url": ("og:url", "twitter:url"),
}
_DATES = (
    "article:published_time",
    "article:published",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "date",
    "ptime",
    "displaydate",
    "originalpublicationdate",
    "article_date_original",
    "cxenseparse:recs:publishtime",
    "datecreated",
    "og:article:published_time",
    "rnews:datepublished",
    "bt:pubdate",
    "published_at",
    "utime",
)
_ARTICLES = {
    "newsarticle",
    "article",
    "reportagenewsarticle",
    "blogposting",
    "opinionnewsarticle",
    "analysisnewsarticle",
    "backgroundnewsarticle",
    "reviewnewsarticle",
    "liveblogposting",
    "report",
    "advertisercontentarticle",
    "socialmediaposting",
    "scholarlyarticle",
}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(slots=True)
class MarkupFacts:
    """Metadata read from markup: for each name of `Metadata` its value and where it was read.

    published: None where the markup states no date.
    """

    values: dict[str, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    published: PublishedDate | None = None

    def set(self, name: str, value: object, origin: str) -> None:
        """Note a value unless one was noted before it: sources are read from the most to the least
        reliable.
        """
        text = " ".join(str(value).split()) if isinstance(value, str) else ""
        if text and name not in self.values:
            self.values[name] = text
            self.origins[name] = origin

    def as_fields(self) -> dict[str, str]:
        """Return title, outlet and author as a container would state them, to recognise lines by."""
        names = {"title": "title", "outlet": "outlet", "byline": "author"}
        return {names[name]: value for name, value in self.values.items() if name in names}

    def describe(self, draft: Draft) -> None:
        """Give the draft what the markup says; the text's words stay where the markup says nothing."""
        draft.values |= self.values
        draft.origins |= self.origins
        draft.published = self.published


def read_markup(html: str) -> MarkupFacts:
    """Read the metadata of a page's markup; never raises, whatever the markup."""
    facts = MarkupFacts()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(_NOT_XML.sub(" ", html).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return facts
    if root is None:
        return facts
    metas = _metas(root)
    _read_linked_data(root, facts)
    _read_metas(metas, facts)
    _read_rest(root, facts)
    _read_site(root, facts)
    facts.published = (
        facts.published or _meta_date(metas) or _time_date(root) or url_date(facts.values.get("url", ""))
    )
    return facts


def _metas(root: Any) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content") or ""
        if name and content.strip():
            metas.setdefault(name.strip().lower(), content)
    return metas


def _read_metas(metas: Mapping[str, str], facts: MarkupFacts) -> None:
    for name, keys in _META.items():
        for key in keys:
            value = metas.get(key, "")
            if value and not (name != "url" and re.match(r"https?://|www\.", value)):
                facts.set(name, value, "meta")


def _meta_date(metas: Mapping[str, str]) -> PublishedDate | None:
    found = (parse_date(metas[name][:60], "meta") for name in _DATES if name in metas)
    return next((date for date in found if date is not None), None)


def _read_linked_data(root: Any, facts: MarkupFacts) -> None:
    for element in root.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        for node in _nodes(_loads(element.text or "")):
            if _types(node) & _ARTICLES:
                _read_article(node, facts)


def _loads(text: str) -> Any:
    cleaned = (
        re.sub(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$", "", text)
        .strip()
        .rstrip(";")
    )
    try:
        return json.loads(cleaned, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any) -> Iterator[Mapping[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < 2_000:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting = node + waiting
        elif isinstance(node, dict):
            yield node
            waiting += [
                node[key]
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
                if isinstance(node.get(key), dict | list)
            ]


def _types(node: Mapping[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {str(kind).lower().rpartition("/")[2] for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _read_article(node: Mapping[str, Any], facts: MarkupFacts) -> None:
    facts.set("title", node.get("headline") or node.get("name"), "json-ld")
    facts.set("byline", ", ".join(_names(node.get("author") or node.get("creator"))), "json-ld")
    facts.set("outlet", next(_names(node.get("publisher")), ""), "json-ld")
    section = node.get("articleSection")
    facts.set("section", section[0] if isinstance(section, list) and section else section, "json-ld")
    for key in ("datePublished", "dateCreated"):
        stated = node.get(key)
        if facts.published is None and isinstance(stated, str):
            facts.published = parse_date(stated[:60], "json-ld")


def _names(entry: Any) -> Iterator[str]:
    for one in entry if isinstance(entry, list) else [entry]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, list):
            name = name[0] if name else None
        if isinstance(name, str) and name.strip() and not name.startswith(("http:", "https:")):
            yield " ".join(name.split())


def _read_rest(root: Any, facts: MarkupFacts) -> None:
    canonical = next(
        (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"),
        None,
    )
    if canonical and canonical.startswith("http"):
        facts.values.pop("url", None)
        facts.set("url", canonical, "meta")
    heads = [text for text in (" ".join("".join(h.itertext()).split()) for h in root.iter("h1")) if text]
    title = next((" ".join("".join(t.itertext()).split()) for t in root.iter("title")), "")
    _choose_title(heads, title, facts)
    byline = next(_marked(root, "author", "byline"), "")
    facts.set("byline", re.sub(r"^(?:by|von|par|por|di)\s+", "", byline, flags=re.IGNORECASE), "text")


def _read_site(root: Any, facts: MarkupFacts) -> None:
    """Name the outlet where no tag does: by the end of the tab's title if it is an outlet's name, else by the
    host.
    """
    title = next((" ".join("".join(t.itertext()).split()) for t in root.iter("title")), "")
    last = re.split(r"\s+[|·–—»-]\s+", title)[-1]
    if last != title and is_outlet_like(last):
        facts.set("outlet", last, "text")
    host = re.match(r"https?://(?:www\.)?([^/:?#]+)", facts.values.get("url", ""))
    if host:
        facts.set("outlet", host[1].lower(), "url")


def _choose_title(heads: list[str], title: str, facts: MarkupFacts) -> None:
    """Prefer the visible headline where the tab's title or a meta tag repeats it; site names after a
    bar go.
    """
    stated = facts.values.get("title", title)
    outlet = facts.values.get("outlet", "")
    for head in heads:
        if (
            len(head) >= 8
            and (head.lower() in title.lower() or head.lower() in stated.lower())
            and head.lower() != outlet.lower()
        ):
            if head.lower() != stated.lower():
                facts.values["title"], facts.origins["title"] = head, "text"
            return
    if "title" in facts.values:
        facts.values["title"] = _without_site(facts.values["title"], outlet)
        return
    lone = heads[0] if len(heads) == 1 and len(heads[0].split()) >= 3 else ""
    facts.set("title", lone or _without_site(title, outlet), "text" if lone else "meta")


def _without_site(title: str, outlet: str) -> str:
    parts = re.split(r"\s+[|·–—»]\s+|\s-\s", title)
    if len(parts) > 1 and (
        len(parts[-1].split()) <= 4
        and (parts[-1].lower() == outlet.lower() or len(" ".join(parts[:-1]).split()) >= 4)
    ):
        return title[: title.rindex(parts[-1])].rstrip(" |·–—»-")
    return title


def _marked(root: Any, *names: str) -> Iterator[str]:
    """Yield the short texts of elements that mark themselves by rel, itemprop or class."""
    for element in root.iter("a", "span", "p", "div", "address", "li"):
        marks = (
            " ".join(filter(None, (element.get("rel"), element.get("itemprop"), element.get("class"))))
            .lower()
            .split()
        )
        if any(name in marks for name in names):
            text = " ".join("".join(element.itertext()).split())
            if 3 <= len(text) <= 80 and not any(map(str.isdigit, text)):
                yield text


def _time_date(root: Any) -> PublishedDate | None:
    """Return the date of the first ``<time>`` of the article, marked as the published one if any is."""
    times = list(root.iter("time"))[:40]
    marked = [t for t in times if "publish" in _said(t) or t.get("pubdate") is not None]
    outside = {"aside", "footer", "nav"}
    own = [
        t
        for t in times
        if not any(above.tag in outside for above in t.iterancestors()) and "updated" not in _said(t)
    ]
    for element in [*marked, *own[:1]]:
        date = parse_date((element.get("datetime") or "".join(element.itertext()))[:60], "text")
        if date is not None:
            return date
    return None


def _said(element: Any) -> str:
    return f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
