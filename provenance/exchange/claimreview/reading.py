"""What a node of ClaimReview markup says of a review: missing is missing, and never an empty word or a zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from provenance.errors import InvalidInput
from provenance.exchange.claimreview.dates import LONGEST, date_text, instant, iso_instant
from provenance.exchange.claimreview.nodes import Node
from provenance.exchange.claimreview.plain import Fields, at, compact, wrong
from provenance.exchange.claimreview.reviewed import ReviewedClaim
from provenance.exchange.claimreview.writing import KEPT, Claimed, markup
from provenance.storage.texts import TAG

# What holds addresses of a claim where it is marked up as some other work, as was usual before there were claims.
OTHER_WORKS = ("url", "sameAs")
MOST_ITEMS = 100


def read_review(node: Node) -> list[ReviewedClaim]:
    """The verdicts of one review: one, or one for each claim where its items have words of their own and it has none.

    :raises InvalidInput: naming the place of what cannot be read or is missing.
    """
    items = _with_base(node).objects("itemReviewed")
    whole = node.text("claimReviewed")
    if whole is not None:
        return [_read(node, whole, items, len(node.noticed))]
    worded: dict[str, list[Node]] = {}
    for item in items:
        words = item.text("text", "name", "headline")
        if words is not None:
            worded.setdefault(words, []).append(item)
    if not worded:
        raise wrong(at(node.place, "claimReviewed"), "it is missing", "Add the claim in a sentence.")
    of_all = len(node.noticed)
    return [_read(node, words, some, of_all) for words, some in worded.items()]


def _read(node: Node, claim: str, items: list[Node], whole: int) -> ReviewedClaim:
    before = len(node.noticed)
    said = _columns(_with_base(node), claim, items)
    beyond = _beyond(node, ReviewedClaim(**said))
    noticed = tuple(dict.fromkeys([*node.noticed[:whole], *node.noticed[before:]]))
    return ReviewedClaim(**said, markup=beyond, noticed=noticed)


def _with_base(node: Node) -> Node:
    """The same, where relative addresses go from its page, or else from its own address."""
    if node.base is not None:
        return node
    unheard = replace(node, noticed=[])
    return replace(node, base=next(iter(unheard.addresses("url") or unheard.addresses("mainEntityOfPage")), None))


def _columns(node: Node, claim: str, items: list[Node]) -> dict[str, Any]:
    urls = node.addresses("url") or node.addresses("mainEntityOfPage")
    url = _first_of(node, "url", urls)
    author, author_url = _author(node, url)
    published = _date(node, "datePublished")
    ratings = node.objects("reviewRating") or [Node({}, at(node.place, "reviewRating"))]
    rating = ratings[0]
    if len(ratings) > 1:
        node.tell(at(node.place, "reviewRating"), f"It has {len(ratings)} ratings; the first is taken.")
    words, value = rating.text("alternateName", "name"), rating.number("ratingValue")
    if words is None and value is None:
        raise wrong(rating.place, "it has neither words nor a number", "Add alternateName or ratingValue.")
    return {
        "claim": claim,
        "author": author,
        "author_url": author_url,
        "rating": words,
        "rating_value": value,
        "best": rating.number("bestRating"),
        "worst": rating.number("worstRating"),
        "reasons": rating.text("ratingExplanation") or node.text("reviewBody", "description"),
        "title": node.text("headline", "name"),
        "url": url,
        "reviewed_at": instant(published, at(node.place, "datePublished")) if published else None,
        "language": _language(node),
        **_claimed(node, items),
    }


def _first_of(node: Node, name: str, found: Sequence[str]) -> str | None:
    if len(found) > 1:
        node.tell(at(node.place, name), f"It has {len(found)} addresses; the first, {found[0]}, is taken.")
    return found[0] if found else None


def _date(node: Node, name: str) -> str | None:
    """A date as it is written, if it can be read; else it is told and left out."""
    written, place = node.text(name), at(node.place, name)
    if written is None:
        return None
    try:
        instant(written, place)
    except InvalidInput as unreadable:
        why = unreadable.message.removeprefix(f"{place}: ")
        node.tell(place, f"{why[:1].upper()}{why[1:]} Here it is left out.")
        return None
    return written


def _author(node: Node, url: str | None) -> tuple[str, str | None]:
    """Who reviewed: the first author with a name, else the publisher, else the site that it stands on."""
    place = at(node.place, "author")
    for kind in ("author", "publisher"):
        named = [(name, agent) for agent in node.objects(kind) if (name := agent.text("name")) is not None]
        if named:
            name, agent = named[0]
            if any(other != name for other, _ in named):
                told = f"It has {len(named)} names where one is wanted; the first, '{name[:60]}', is taken."
                node.tell(at(node.place, kind), told)
            if kind == "publisher":
                node.tell(place, f"It has no name; the publisher, '{name[:60]}', is taken for it.")
            return name, _first_of(agent, "url", agent.addresses("url"))
    site = _host(url)
    if site is None:
        raise wrong(place, "it is missing, and so is the address", "Add an author with a name.")
    node.tell(place, f"It has no name; the site of its address, {site}, is taken for it.")
    return site, None


def _claimed(node: Node, items: list[Node]) -> dict[str, Any]:
    if len(items) > 1:
        told = f"It has {len(items)} items, which are one record here: their claimants in a row, the first date."
        node.tell(at(node.place, "itemReviewed"), told)
    if len(items) > MOST_ITEMS:
        raise wrong(items[0].place, f"it is one of {len(items):,} items", f"Send at most {MOST_ITEMS}.")
    claimants = [name for item in items for agent in item.objects("author") if (name := agent.text("name"))]
    firsts = [address for item in items for address in item.addresses("firstAppearance")]
    further = [address for item in items for address in _appearances(item)]
    return {
        "claimant": ", ".join(dict.fromkeys(claimants)) or None,
        "claimed_on": next(filter(None, map(_claimed_on, items)), None),
        "first_appearance": firsts[0] if firsts else None,
        "appearances": tuple(dict.fromkeys(each for each in (*firsts[1:], *further) if each not in firsts[:1])),
    }


def _appearances(item: Node) -> Iterator[str]:
    yield from item.addresses("appearance")
    if "Claim" not in item.types():
        for name in OTHER_WORKS:
            yield from item.addresses(name)


def _claimed_on(item: Node) -> str | None:
    written = _date(item, "datePublished")
    if written is None:
        return None
    as_it_came = len(written) <= LONGEST and iso_instant(written) is not None
    return written if as_it_came else date_text(instant(written, ""))


def _language(node: Node) -> str | None:
    """A language tag; a language by its name is kept beside, for nobody can tell which tag is meant."""
    found = [language.text("alternateName", "name") for language in node.objects("inLanguage")]
    tags = [said for said in found if said is not None and TAG.fullmatch(said)]
    place = at(node.place, "inLanguage")
    if len(set(tags)) > 1:
        node.tell(place, f"It has {len(tags)} languages where one is wanted; the first, {tags[0]}, is taken.")
    elif found and not tags:
        node.tell(place, "It is no language tag such as pt-BR; it is left out.")
    return tags[0] if tags else None


def _host(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _beyond(node: Node, read: ReviewedClaim) -> Mapping[str, Any]:
    """What the node says and our own markup of the same review would not, or would say in another form."""
    own = markup(read)
    given = {name: compact(value) for name, value in _embedded(node, count()).items()}
    # What was read under a second name is given again under the first one.
    seconds = {
        "name": read.title,
        "reviewBody": read.reasons,
        "description": read.reasons,
        "mainEntityOfPage": read.url,
    }
    kept = {name: value for name, value in given.items() if value not in (own.get(name), seconds.get(name))}
    return {KEPT: kept} if kept else {}


# A few objects that refer to each other in lists would otherwise grow without end.
MOST_EMBEDDED = 2_000
# Where objects of a document are referred to in reviews and in their claims.
REFERRING = ("author", "publisher", "itemReviewed", "reviewRating", "firstAppearance", "appearance", "claimInterpreter")


def _embedded(node: Node, seen: Iterator[int]) -> Fields:
    """What an object says with what it refers to elsewhere in the document, so that it can be given without that."""
    if next(seen) > MOST_EMBEDDED:
        raise wrong(node.place, "too many objects are referred to", "Send fewer references.")
    return node.fields | {name: _objects(node, name, seen) for name in REFERRING if _refers(node.fields.get(name))}


def _objects(node: Node, name: str, seen: Iterator[int]) -> Any:
    found = [_embedded(each, seen) for each in node.objects(name)]
    return found if isinstance(node.fields[name], list) else found[0]


def _refers(value: Any) -> bool:
    """Whether there is a reference in a value, or in an object that it is."""
    match value:
        case list():
            return any(map(_refers, value))
        case dict():
            return not value.keys() - {"@id", "@type"} or any(_refers(value.get(name)) for name in REFERRING)
        case _:
            return False


def as_kept(reviewed: ReviewedClaim, claimed: Sequence[Claimed] = ()) -> Fields:
    """The markup of a review with what came in beyond our columns, wherever that still says what the columns say.

    ``claimed`` says who made the claim where the review itself says nothing of it.
    """
    plainly, kept = markup(reviewed), reviewed.markup.get(KEPT)
    whole = markup(reviewed, claimed)
    if not isinstance(kept, Mapping):
        return whole
    for name, value in kept.items():
        if name == "itemReviewed" and claimed:
            continue
        both = _laid_over(plainly.get(name), value)
        if _says_the_same(plainly, {**plainly, name: both}):
            whole[name] = both
    return whole


def _laid_over(ours: Any, kept: Any) -> Any:
    """What was kept, and beside it what our own markup says that it does not."""
    if not (isinstance(ours, dict) and isinstance(kept, dict)):
        return kept
    return {**ours, **{name: _laid_over(ours.get(name), value) for name, value in kept.items()}}


def _says_the_same(one: Fields, other: Fields) -> bool:
    try:
        first, second = (read_review(Node(each, "")) for each in (one, other))
    except InvalidInput:
        return False
    return [replace(each, markup={}) for each in first] == [replace(each, markup={}) for each in second]
