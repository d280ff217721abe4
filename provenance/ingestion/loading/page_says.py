"""What a page says of itself in its head: title, author, publisher, language, addresses and dates.

JSON-LD is believed before meta elements, and those before the address. Pages contradict themselves; where two dates
lie apart, the reader is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement
from rapidfuzz import fuzz

from provenance.ingestion.loading.loaded import UNDATED, Published
from provenance.ingestion.loading.origins import archived, is_web_address
from provenance.ingestion.loading.printed_dates import from_address, has_time_without_zone, read_printed
from provenance.ingestion.loading.words import language_tag, one_line
from provenance.vocabulary import DateBasis

ARTICLES = frozenset({"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "report"})
ARTICLES |= {"backgroundnewsarticle", "opinionnewsarticle", "liveblogposting", "webpage", "socialmediaposting"}
DATE_FIELDS = (
    "article:published_time", "og:published_time", "datepublished", "article.published", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "pubdate",
    "publishdate", "publish-date", "publication_date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
AUTHOR_FIELDS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
)
SAME_HEADLINE = 60  # of 100: how alike a heading and the title of its page are, for the heading to be the headline
APART = timedelta(days=1)
DEEPEST = 8  # levels of JSON-LD that are looked into
MOST_HEADINGS = 20  # that are compared with the title
LARGEST_JSON = 1_000_000  # characters


@dataclass(frozen=True, slots=True)
class PageSays:
    """What a page says of itself; None where it says nothing."""

    title: str | None = None
    author: str | None = None
    publisher_name: str | None = None
    language: str | None = None
    canonical_url: str | None = None
    published: Published = UNDATED
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Head:
    tree: HtmlElement
    url: str | None
    metas: dict[str, str] = field(default_factory=dict)
    articles: list[Mapping[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def page_says(tree: HtmlElement, url: str | None) -> PageSays:
    """What a page says of itself; ``url`` is where it was found."""
    head = _Head(tree, url, _metas(tree))
    head.articles = _articles(tree, head.notes)
    canonical = _canonical(head)
    published = _published(head, canonical)
    return PageSays(
        title=_title(head),
        author=_author(head),
        publisher_name=_publisher(head),
        language=_language(head),
        canonical_url=canonical,
        published=published,
        notes=tuple(head.notes),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = one_line(meta.get("content"))
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _articles(tree: HtmlElement, notes: list[str]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            said = json.loads((script.text_content() or "")[:LARGEST_JSON], strict=False)
        except (ValueError, RecursionError):
            notes.append("A block of JSON-LD in the page is broken and was passed over.")
            continue
        found.extend(_described(said))
    # The article itself before the web page around it.
    return sorted(found, key=lambda each: "webpage" in _types(each))


def _described(said: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(said, list):
        for each in said:
            yield from _described(each, depth + 1)
    elif isinstance(said, dict):
        if _types(said) & ARTICLES:
            yield said
        for inner in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _described(said.get(inner), depth + 1)


def _types(said: Mapping[str, Any]) -> set[str]:
    kinds = said.get("@type")
    return {str(kind).rsplit("/", 1)[-1].lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}


def _said(head: _Head, *keys: str) -> Iterator[str]:
    for article in head.articles:
        for key in keys:
            if words := ", ".join(dict.fromkeys(_names(article.get(key)))):
                yield words


def _names(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        yield from filter(None, [one_line(value)])
    elif isinstance(value, dict):
        yield from _names(value.get("name"), depth + 1) if depth < 3 else ()
    elif isinstance(value, list):
        for each in value[:20]:
            yield from _names(each, depth + 1) if depth < 3 else ()


def _title(head: _Head) -> str | None:
    site = _publisher(head)
    titles = [one_line(title.text_content()) for title in head.tree.iter("title")][:1]
    declared = [*_said(head, "headline"), head.metas.get("og:title", ""), head.metas.get("twitter:title", ""), *titles]
    known = [_without_site(each, site) for each in declared if each]
    headings = [one_line(heading.text_content()) for heading in islice(head.tree.iter("h1"), MOST_HEADINGS)]
    # As printed: the heading, where it is the one that the head of the page speaks of.
    for heading in headings:
        if heading and any(fuzz.token_set_ratio(heading, each) >= SAME_HEADLINE for each in known):
            return heading
    return next(iter([*known, *filter(None, headings)]), None)


def _without_site(title: str, site: str | None) -> str:
    for mark in (" | ", " - ", " – ", " — ", " :: ", " » "):
        words, parted, last = title.rpartition(mark)
        if parted and site and fuzz.ratio(last.lower(), site.lower()) > SAME_HEADLINE:
            return words
    return title


def _author(head: _Head) -> str | None:
    named = [*_said(head, "author", "creator"), *(head.metas.get(name, "") for name in AUTHOR_FIELDS)]
    linked = (one_line(each.text_content()) for each in head.tree.xpath("//*[@rel='author' or @itemprop='author']"))
    # An address, as some pages give for an author, names nobody.
    return next((each for each in [*named, *linked] if each and "://" not in each and len(each) <= 300), None)


def _publisher(head: _Head) -> str | None:
    named = [head.metas.get("og:site_name", ""), *_said(head, "publisher", "sourceOrganization")]
    named += [head.metas.get(name, "") for name in ("dc.publisher", "dcterms.publisher", "application-name")]
    return next((each for each in named if each and len(each) <= 300), None)


def _language(head: _Head) -> str | None:
    said = [
        each.get("lang") or each.get("{http://www.w3.org/XML/1998/namespace}lang") for each in head.tree.iter("html")
    ]
    said += [*_said(head, "inLanguage"), *map(head.metas.get, ("og:locale", "content-language", "dc.language"))]
    return next((tag for each in said if (tag := language_tag(each))), None)


def _canonical(head: _Head) -> str | None:
    links = [each.get("href") for each in head.tree.xpath("//link[@rel and @href]") if _is_canonical(each)]
    for said in [*links, head.metas.get("og:url")]:
        try:
            address = urljoin(head.url or "", (said or "").strip())
        except ValueError:
            continue
        if said and is_web_address(address):
            copy = archived(address)
            return copy.original if copy else address
    return None


def _is_canonical(link: HtmlElement) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split()


def _published(head: _Head, canonical: str | None) -> Published:
    said = [*_said(head, "datePublished"), *(head.metas[name] for name in DATE_FIELDS if name in head.metas)]
    dates = [date for each in [*said, *_times(head.tree)] if (date := read_printed(each, DateBasis.PRINTED))]
    address = next((date for url in (canonical, head.url) if (date := from_address(url)).earliest), UNDATED)
    if not dates:
        head.notes += [f"The page's date '{each[:60]}' could not be read." for each in said[:1]]
        return address
    first = dates[0]
    if first.printed and has_time_without_zone(first.printed):
        head.notes.append(f"The page's time '{first.printed}' has no zone, so only its day is known.")
    head.notes += [
        f"The page also gives '{other.printed}' as its date."
        for other in [*dates[1:], address]
        if _lie_apart(first, other)
    ][:1]
    return first


def _times(tree: HtmlElement) -> Iterator[str]:
    """Time elements that are marked as the date of publication; failing those, the only one in the article's head."""
    marked = tree.xpath("//*[@itemprop='datePublished']/@*[name()='datetime' or name()='content']")
    marked += tree.xpath("//time[@pubdate]/@datetime")
    yield from map(str, marked)
    if not marked:
        first = tree.xpath("(//article//time | //main//time | //header//time)[1]")
        yield from (str(each.get("datetime") or each.text_content()) for each in first)


def _lie_apart(one: Published, other: Published) -> bool:
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return other.earliest - one.latest > APART or one.earliest - other.latest > APART
