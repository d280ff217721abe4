"""Builders of pictures for tests of rules and traces: a test mentions only what matters to its sentence.

A report is written as its chain, origin first and publisher last: ``report("Interior Ministry", "Khabar 24", "Tass")``.
Ids are made from names and order, so that the same words always build the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import provenance.analysis.picture as picture_of
from provenance.analysis.picture import (
    Account,
    ClaimPicture,
    CorrectionView,
    FigureView,
    Published,
    ReportView,
    ReviewView,
)
from provenance.chain import Actor, Chains, Cut, Declared, Hop, Span, Tie, analyse
from provenance.quantity import Measured, read_quantity
from provenance.vocabulary import (
    Basis,
    ClaimKind,
    ClaimStatus,
    CorrectionKind,
    DatePrecision,
    HopBasis,
    Interest,
    Manner,
    SourceKind,
    Stance,
    TieKind,
)

# The cast of the story; a name that is not here is an outlet.
KINDS = {
    "Saltanat Azirbek": SourceKind.SPOKESPERSON,
    "Almaty police": SourceKind.POLICE,
    "Interior Ministry": SourceKind.GOVERNMENT_BODY,
    "Health Ministry": SourceKind.GOVERNMENT_BODY,
    "State of Kazakhstan": SourceKind.GOVERNMENT_BODY,
    "United Nations": SourceKind.INTERNATIONAL_BODY,
    "Eyewitness": SourceKind.WITNESS,
    "the authorities": SourceKind.UNNAMED,
    "officials": SourceKind.UNNAMED,
    "media reports": SourceKind.COLLECTIVE,
    "Khabar 24": SourceKind.BROADCASTER,
    "Tass": SourceKind.NEWS_AGENCY,
    "Interfax": SourceKind.NEWS_AGENCY,
    "RIA": SourceKind.NEWS_AGENCY,
    "AP": SourceKind.NEWS_AGENCY,
    "Die Welt": SourceKind.NEWSPAPER,
}

# What a test may write for a figure: its printed words, or several of them.
Printed = str | Sequence[str] | None


@dataclass(frozen=True)
class Says:
    """One report as a test writes it; ``also`` holds further chains to the same publisher."""

    chain: tuple[str | None, ...]
    also: tuple[tuple[str | None, ...], ...] = ()
    figure: Printed = "dozens"
    stance: Stance = Stance.ASSERTS
    hedge: str | None = None
    quote: str | None = None
    text_held: bool = False
    on: str | None = "2022-01-06"
    document: str | None = None
    own_basis: HopBasis | None = None
    access: str | None = None
    as_named: str | None = None
    cut: bool = False
    counted: str | None = "attackers"
    period: str | None = "night of 5 January 2022"
    cumulative: bool | None = True
    language: str = "en"
    title: str | None = None
    prints: Mapping[str, str] = field(default_factory=dict)  # what the page itself says that its figures count


def report(*chain: str | None, also: Sequence[Sequence[str | None]] = (), **told: object) -> Says:
    """A report that declares this chain; None in first place is a carrier that does not say from whom it has it."""
    return Says(chain, tuple(tuple(way) for way in also), **told)  # type: ignore[arg-type]


def tie(source: str, kind: TieKind, other: str, basis: Basis = Basis.CITED) -> tuple[str, TieKind, str, Basis]:
    """A tie between two sources by name."""
    return source, kind, other, basis


def review(upholds: bool | None, on_evidence: bool = True) -> ReviewView:
    """An accepted review."""
    return ReviewView("rev_1", "A fact-checker", "Rated", upholds, "Because.", None, on_evidence)


def picture(
    *reports: Says,
    ties: Sequence[tuple[str, TieKind, str, Basis]] = (),
    interests: Mapping[str, Interest] | None = None,
    reviews: Sequence[ReviewView] = (),
    accounts: Sequence[Account] = (),
    superseded: bool = False,
    corrections: Sequence[CorrectionView] = (),
    status: ClaimStatus = ClaimStatus.STANDING,
    number: int = 1,
) -> ClaimPicture:
    """A picture of one claim; ``number`` tells claims apart that stand in one test."""
    interests = interests or {}
    names = [n for said in reports for way in (said.chain, *said.also) for n in way if n is not None]
    names += [end for source, _, other, _ in ties for end in (source, other)] + list(interests) + ["Die Welt"]
    names += [actor.name for one in corrections for actor in (one.by, one.upstream, one.downstream) if actor]
    actors = {actor.id: actor for actor in map(actor_named, names)}
    views = tuple(view(said, number * 1000 + place) for place, said in enumerate(reports, 1))
    stated = tuple(
        Tie(actor_named(source).id, kind, actor_named(other).id, basis, id=place)
        for place, (source, kind, other, basis) in enumerate(ties, 1)
    )
    return ClaimPicture(
        id=number,
        public_id=f"clm_{number}",
        text="Dozens of attackers were eliminated in Almaty.",
        kind=ClaimKind.FIGURE,
        event="evt_1",
        event_title="Unrest in Kazakhstan, January 2022",
        reports=views,
        actors=actors,
        public_ids={id: f"src_{actor.name}" for id, actor in actors.items()},
        ties=stated,
        analysis=analyse(Chains(actors, tuple(view.declared for view in views), stated)),
        status=status,
        interests={actor_named(name).id: interest for name, interest in interests.items()},
        corrections=(*corrections, *([supersession()] if superseded else [])),
        reviews=tuple(reviews),
        accounts=tuple(accounts),
    )


def account(text: str, *reports: Says, number: int = 2) -> Account:
    """Another claim of the same tally."""
    other = picture(*reports, number=number)
    return Account(number, f"clm_{number}", text, other.figures, other.analysis, other.documents)


def actor_named(name: str) -> Actor:
    """The source of that name; its id is made from the name."""
    known = list(KINDS)
    id = known.index(name) + 1 if name in KINDS else 100 + sum(ord(letter) * 31**i for i, letter in enumerate(name))
    return Actor(id, name, KINDS.get(name, SourceKind.WEBSITE))


def view(said: Says, id: int) -> ReportView:
    """The report as a picture holds it."""
    published = Published(day(said.on), DatePrecision.DAY if said.on else DatePrecision.UNKNOWN)
    publisher = said.chain[-1]
    assert publisher is not None, "a chain ends with its publisher"
    return ReportView(
        id=id,
        public_id=f"rep_{id}",
        document_public_id=said.document or f"doc_{id}",
        document_title=said.title,
        document_url=None,
        text_held=said.text_held,
        publisher=actor_named(publisher),
        published=published,
        language=said.language,
        stance=said.stance,
        hedge=said.hedge,
        quote=said.quote,
        declared=declared(said, id),
        figures=figures(said, id),
    )


def declared(said: Says, id: int) -> Declared:
    """The hops of all its chains, each once."""
    pairs = dict.fromkeys(pair for way in (said.chain, *said.also) for pair in pairwise(way))
    publisher = actor_named(str(said.chain[-1])).id
    cut = Cut("an editor", None, "withdrawn") if said.cut else None
    hops = tuple(
        Hop(
            None if upstream is None else actor_named(upstream).id,
            actor_named(str(downstream)).id,
            Manner.SAID,
            as_named=said.as_named if place == 0 else None,
            access=said.access if place == 0 else None,
            cut=cut,
        )
        for place, (upstream, downstream) in enumerate(pairs)
    )
    return Declared(id, id, publisher, hops, day(said.on), said.own_basis, said.stance is Stance.ASSERTS)


def figures(said: Says, id: int) -> tuple[FigureView, ...]:
    """The figures that it prints, read from their words."""
    words = [said.figure] if isinstance(said.figure, str) else said.figure or []
    found = []
    for place, text in enumerate(words, 1):
        read = read_quantity(text, said.language)
        measured = Measured(read, "killed", said.counted, "Almaty", said.period, said.cumulative)
        page = picture_of.Printed(**said.prints)
        found.append(FigureView(id * 10 + place, f"fig_{id}_{place}", text, read.qualifier, read.value, measured, page))
    return tuple(found)


def supersession() -> CorrectionView:
    """A later statement of the same series took the claim's place."""
    by = actor_named("Interior Ministry")
    when = Published(day("2022-01-07"), DatePrecision.DAY)
    return CorrectionView("cor_1", CorrectionKind.SUPERSESSION, by, None, when, None, None, None, None)


def correction(
    kind: CorrectionKind,
    by: str,
    on: str | None = "2022-01-09",
    *,
    of: str | None = None,
    through: str | None = None,
    number: int = 1,
    **told: Any,
) -> CorrectionView:
    """What somebody did on a day to the claim, or to what ``of`` is said to have stated ``through`` another."""
    when = Published(day(on), DatePrecision.DAY if on else DatePrecision.UNKNOWN)
    upstream, downstream = (actor_named(name) if name else None for name in (of, through))
    id = f"cor_{number}"
    view = CorrectionView(id, kind, actor_named(by), None, when, upstream, downstream, None, None, took_effect=when)
    return replace(view, **{"id": number, **told})


def day(iso: str | None) -> Span | None:
    """The whole day in UTC."""
    if iso is None:
        return None
    begins = datetime.fromisoformat(iso).replace(tzinfo=UTC)
    return Span(begins, begins + timedelta(days=1) - timedelta(seconds=1))
