"""Who speaks and publishes in a casebook: the registry, the outlets, what ties them, and what they have at stake."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from provenance.errors import UnreadableStory
from provenance.ingestion.casebook_reading import Casebook, Entry, Page
from provenance.ingestion.casebook_tables import Line, Tables
from provenance.ingestion.story_writing import Flow, Tree, compact
from provenance.vocabulary import Basis, Interest, NameKind, SourceKind

# In a table: what the casebook has belongs to somebody else, and this one's own was not recorded.
NOT_RECORDED = "-"
MISTAKE = re.compile(r"^(?P<name>.+?) \((?P<why>(?:misspelling|mistranslation|wrong|transposed)[^)]*)\)$")

# What a type word means where no table says it: the first word that occurs in it decides.
COMMON_KINDS: tuple[tuple[str, SourceKind], ...] = (
    ("spokes", SourceKind.SPOKESPERSON),
    ("witness", SourceKind.WITNESS),
    ("government", SourceKind.GOVERNMENT_BODY),
    ("parliament", SourceKind.GOVERNMENT_BODY),
    ("police", SourceKind.POLICE),
    ("force", SourceKind.MILITARY),
    ("official", SourceKind.PERSON),
    ("person", SourceKind.PERSON),
    ("channel", SourceKind.CHANNEL),
    ("social", SourceKind.CHANNEL),
    ("agency", SourceKind.NEWS_AGENCY),
    ("broadcaster", SourceKind.BROADCASTER),
    ("newspaper", SourceKind.NEWSPAPER),
    ("magazine", SourceKind.NEWSPAPER),
    ("international", SourceKind.INTERNATIONAL_BODY),
    ("ngo", SourceKind.NGO),
    ("collective", SourceKind.COLLECTIVE),
    ("vague", SourceKind.UNNAMED),
    ("site", SourceKind.WEBSITE),
    ("outlet", SourceKind.WEBSITE),
    ("aggregator", SourceKind.WEBSITE),
    ("blog", SourceKind.WEBSITE),
)


@dataclass(frozen=True)
class Publisher:
    """The source that an outlet string stands for, with the suppliers and the remark that the string holds."""

    source: str
    suppliers: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Cast:
    """All sources of a story, as they are written, and which of them each outlet is."""

    sources: Mapping[str, Tree]
    publishers: Mapping[str, Publisher]
    interests: tuple[Tree, ...]
    ties: tuple[Tree, ...]

    def name(self, source: str) -> str:
        """The name that is shown."""
        return str(self.sources[source]["name"])


def cast_of(book: Casebook, tables: Tables, event: str) -> Cast:
    """The registry, the sources that the tables add, and the outlets."""
    sources = {entry.id: _registered(entry, tables) for entry in book.registry}
    for line in tables.all("sources"):
        if line.need("key") not in sources:
            sources[line.need("key")] = _added(line)
    publishers = _publishers(book, tables, sources)
    if not book.registry:
        _name_the_unregistered(book, sources)
    interests = tuple(tree for entry in book.registry if (tree := _interest(entry, book, tables, event)))
    ties = tuple(_tie(line, book, publishers, sources) for line in tables.all("ties"))
    return Cast(sources, publishers, interests, ties)


def supplier_keys(printed: str, cast: Cast) -> tuple[str, ...]:
    """The sources that ``carries_text_of`` names; its parentheses are remarks."""
    plain = re.sub(r"\([^)]*\)", "", printed)
    return tuple(_by_name(part.strip(), cast.sources) or "" for part in re.split(r"[,/;]", plain) if part.strip())


def slug(text: str) -> str:
    """A key made of a name, such as ``irish_times``."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "x" + hashlib.sha256(text.encode()).hexdigest()[:10]


def _registered(entry: Entry, tables: Tables) -> Tree:
    line = tables.by("sources", "key").get((entry.id,))
    names, mistakes = [], []
    for alias in entry.aliases:
        mistake = MISTAKE.match(alias)
        if mistake:
            mistakes.append(f"“{mistake['name']}” ({mistake['why']})")
        names.append(Flow(
            name=mistake["name"] if mistake else alias,
            kind=(NameKind.MISTAKEN if mistake else NameKind.ALIAS).value,
        ))  # fmt: skip
    printed = f"Printed by mistake: {', '.join(mistakes)}." if mistakes else None
    return compact(
        key=entry.id,
        name=(line and line.get("name")) or entry.name,
        kind=(line and line.get("kind")) or _kind(entry.type, tables),
        country=entry.country,
        note=sentences(entry.note, printed, line.get("note") if line else None),
        names=names,
    )


def _added(line: Line) -> Tree:
    return compact(
        key=line.need("key"),
        name=line.need("name"),
        kind=line.need("kind"),
        country=line.get("country"),
        note=sentences(line.get("note")),
    )


def _kind(written: str, tables: Tables) -> str:
    if tables.has("kinds"):
        line = tables.by("kinds", "type").get((written,))
        if line is None:
            where = tables.path("kinds")
            raise UnreadableStory(f"{where}: has no line for the type {written!r}; add one.", field="type")
        return line.need("kind")
    found = (kind for word, kind in COMMON_KINDS if word in written.casefold())
    return next(found, SourceKind.UNNAMED).value


def _publishers(book: Casebook, tables: Tables, sources: dict[str, Tree]) -> dict[str, Publisher]:
    lines = tables.by("publishers", "outlet")
    countries = {outlet: _country(book, outlet) for outlet in {page.outlet for page in book.pages}}
    publishers: dict[str, Publisher] = {}
    for page in book.pages:
        if page.outlet in publishers:
            continue
        line = lines.get((page.outlet,))
        key = line.need("source") if line else _by_name(page.outlet, sources) or _free(slug(page.outlet), sources)
        if key not in sources:
            sources[key] = _outlet(key, page, line, countries[page.outlet], tables)
        publishers[page.outlet] = Publisher(
            key, line.split("supplier") if line else (), line.get("note") if line else None
        )
    return publishers


def _outlet(key: str, page: Page, line: Line | None, country: str | None, tables: Tables) -> Tree:
    return compact(
        key=key,
        name=(line and line.get("name")) or page.outlet,
        kind=(line and line.get("kind")) or _kind(page.outlet_kind, tables),
        country=None if (line and line.get("country")) == NOT_RECORDED else (line and line.get("country")) or country,
    )


def _country(book: Casebook, outlet: str) -> str | None:
    seen = Counter(page.country for page in book.pages if page.outlet == outlet and page.country)
    return seen.most_common(1)[0][0] if seen else None


def _by_name(name: str, sources: Mapping[str, Tree]) -> str | None:
    # An exact name wins over one that differs in case only, and both over an alias.
    folded = name.casefold()
    tests = (
        lambda tree: tree["name"] == name,
        lambda tree: tree["name"].casefold() == folded or tree["key"] == slug(name),
        lambda tree: any(alias["name"].casefold() == folded for alias in tree.get("names", ())),
    )
    for test in tests:
        found = [key for key, tree in sources.items() if test(tree)]
        if len(found) == 1:
            return found[0]
    return None


def _free(key: str, sources: Mapping[str, Tree]) -> str:
    return key if key not in sources else f"{key}_outlet"


def _name_the_unregistered(book: Casebook, sources: dict[str, Tree]) -> None:
    for _, row in book.rows:
        for key in (source for node in row.chain[:-1] for source in node.sources):
            if key not in sources:
                note = "The casebook has no registry: what kind of source this is was not recorded."
                sources[key] = compact(key=key, name=key, kind=SourceKind.UNNAMED.value, note=note)


def _interest(entry: Entry, book: Casebook, tables: Tables, event: str) -> Tree | None:
    if entry.interest is None:
        return None
    line = tables.by("interests", "party_to_conflict").get((entry.interest,))
    if line is None and tables.has("interests"):
        raise UnreadableStory(f"{tables.path('interests')}: has no line for {entry.interest!r}; add one.")
    common = {"true": Interest.PARTY.value, "aligned": Interest.ALIGNED.value}
    interest = line.get("interest") if line else common.get(entry.interest)
    if interest is None:
        return None
    reference = _seen(entry, book)
    return compact(
        source=entry.id,
        event=event,
        interest=interest,
        basis=(Basis.CITED if reference else Basis.COMMONLY_KNOWN).value,
        reference=sentences(reference, line.get("note") if line else None) if reference else None,
        note=None if reference or line is None else line.get("note"),
    )


def _seen(entry: Entry, book: Casebook) -> str | None:
    # Where general knowledge had a share in it, it is marked with the weaker of the two.
    if entry.basis != "from casebook documents":
        return None
    urls = {page.id: page.url for page in book.pages}
    page = next((page for page in entry.seen_in if (urls.get(page) or "").startswith("http")), None)
    return f"{page}: {urls[page]}" if page else None


def _tie(line: Line, book: Casebook, publishers: Mapping[str, Publisher], sources: Mapping[str, Tree]) -> Tree:
    for column in ("source", "other"):
        if line.need(column) not in sources:
            raise line.refusal(column, f"names {line.need(column)!r}, which is no source", "correct it")
    return compact(
        source=line.need("source"),
        kind=line.need("kind"),
        other=line.need("other"),
        valid_from=line.get("valid_from"),
        valid_to=line.get("valid_to"),
        basis=line.need("basis"),
        document=line.get("document"),
        reference=_reference(line, book, publishers, sources),
        note=sentences(line.get("note")),
    )


def _reference(
    line: Line, book: Casebook, publishers: Mapping[str, Publisher], sources: Mapping[str, Tree]
) -> str | None:
    if line.get("document") is None:
        return line.get("reference")
    page = next((page for page in book.pages if page.id == line.need("document")), None)
    if page is None:
        raise line.refusal("document", f"names {line.need('document')!r}, which is no document", "correct it")
    outlet = sources[publishers[page.outlet].source]["name"]
    return f"{page.id} ({outlet}) {line.need('reference')}: {page.url}"


def sentences(*parts: str | None) -> str | None:
    """Remarks, each made a sentence, in one text; None if there are none."""
    said = [part.strip() for part in parts if part and part.strip()]
    ended = [part if part.endswith((".", "!", "?")) else f"{part}." for part in said]
    return " ".join(part[0].upper() + part[1:] for part in ended) or None
