"""One record of a list as a few lines that a person can take in."""

from __future__ import annotations

from collections.abc import Collection
from functools import singledispatch
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from provenance.answers import (
    ClaimItem,
    CorrectionItem,
    DocumentItem,
    EventItem,
    FigureItem,
    FlagItem,
    FlagRule,
    ReportItem,
    ReviewItem,
    SourceItem,
    TallyItem,
)
from provenance.answers_desk import DeskEntry, DeskTask
from provenance.answers_drift import DriftItem
from provenance.answers_rulings import RulingItem
from provenance.cli.desk_shown import entry, task
from provenance.cli.layout import beneath, plain, quoted, title
from provenance.phrases import counted
from provenance.vocabulary import Presence

__all__ = ["figure", "item", "title"]


@singledispatch
def item(record: Any) -> RenderableType:
    """The lines of a record; raises TypeError for a kind that no command lists."""
    raise TypeError(f"no command lists {type(record).__name__}")


@item.register
def _claim(record: ClaimItem) -> RenderableType:
    facts = [
        record.status.replace("_", " ") if record.status else "status not computed yet",
        f"verdict {record.verdict.replace('_', ' ')}" if record.verdict else "verdict not computed yet",
        counted(record.documents, "document") + (f" ({record.possible} perhaps later)" if record.possible else ""),
        counted(record.parties, "party", "parties"),
    ]
    if record.stale:
        facts.append("changed since")
    lines = [plain(record.text, "bold"), beneath(f"{record.id}: {', '.join(facts)}")]
    return Group(*lines, *([beneath(f"flags: {', '.join(record.flags)}")] if record.flags else []))


def figure(record: FigureItem, explained: Collection[str] = ()) -> RenderableType:
    """The lines of a figure; of its flags, those are ``explained`` that were asked for, and the others named."""
    measured = " ".join(filter(None, (record.measure, record.counted and f"({record.counted})", record.place)))
    head = Text.assemble((quoted(record.text), "bold"), f" {measured}" if measured else "", f": {record.claim_text}")
    quote = quoted(record.quote) if record.quote else record.no_quote_reason or "No quote."
    when = _published(record)
    return Group(
        plain(head),
        beneath(f"{' -> '.join(record.chain)}{when}"),
        *(
            [beneath(f"{counted(len(record.chains), 'declared path')}; the first is shown")]
            if len(record.chains) > 1
            else []
        ),
        beneath(f"{record.id}: {quote}"),
        *(
            beneath(f"{flag.rule}: {flag.reason} Clears when: {flag.clears_when}")
            for flag in record.flags
            if flag.rule in explained
        ),
        *([beneath(f"flags: {', '.join(flag.rule for flag in record.flags)}")] if record.flags else []),
    )


@item.register
def _flag(record: FlagItem) -> RenderableType:
    about = f", on {counted(record.figures, 'figure')}" if record.figures else ""
    return Group(
        plain(Text.assemble((record.rule, "bold yellow"), f": {record.reason}")),
        beneath(f"{record.claim}{about}: {record.claim_text}"),
        beneath(f"Clears when: {record.clears_when}"),
    )


@item.register
def _rule(record: FlagRule) -> RenderableType:
    return Group(
        plain(Text.assemble((record.key, "bold yellow"), f": {record.title}. {record.finds}")),
        beneath(record.why),
        beneath(f"For example: {record.example}"),
        beneath(f"Clears when: {record.clears_when}"),
    )


@item.register
def _source(record: SourceItem) -> RenderableType:
    return plain(Text.assemble((record.name, "bold"), f" ({record.kind.replace('_', ' ')}) ", (record.id, "dim")))


@item.register
def _document(record: DocumentItem) -> RenderableType:
    head = f"{record.publisher}{_published(record)}{f', {record.language}' if record.language else ''}"
    return Group(
        plain(record.title or head, "bold"),
        beneath(f"{head}; {record.id}" if record.title else record.id),
        *([beneath(record.url)] if record.url else []),
    )


@item.register
def _event(record: EventItem) -> RenderableType:
    return Group(plain(record.title, "bold"), beneath(f"{record.id}: {counted(record.claims, 'claim')}"))


@item.register
def _tally(record: TallyItem) -> RenderableType:
    facts = (record.measure, record.counted, record.place, record.period)
    return Group(
        plain(record.title, "bold"),
        beneath(f"{record.id}: {', '.join(filter(None, facts))}; {counted(record.claims, 'claim')}"),
        beneath(f"Of: {record.event_title} ({record.event})"),
    )


@item.register
def _report(record: ReportItem) -> RenderableType:
    when = _published(record)
    chains = [" -> ".join(chain) for chain in record.chains] or [record.publisher]
    said = [f"{record.id}: {record.stance} it, {record.state}{f', hedged: {record.hedge}' if record.hedge else ''}"]
    said += [f"{quoted(record.quote)}"] if record.quote else []
    return Group(
        plain(Text.assemble((f"{record.publisher}{when}", "bold"), f": {record.claim_text}")),
        *map(beneath, [*chains, *said, f"Claim {record.claim}, document {record.document}"]),
    )


@item.register
def _review(record: ReviewItem) -> RenderableType:
    upholds = {True: "upholds it", False: "does not uphold it", None: "decides neither"}[record.upholds]
    when = f", {record.reviewed_at:%Y-%m-%d}" if record.reviewed_at else ""
    return Group(
        plain(Text.assemble((f"{record.author}: {record.rating}", "bold"), f" ({upholds}{when}): {record.claim_text}")),
        beneath(record.reasons or "It gives no reasons."),
        beneath(f"{record.id}, {record.state}; claim {record.claim}"),
        *([beneath(record.url)] if record.url else []),
    )


@item.register
def _drift(record: DriftItem) -> RenderableType:
    head = Text.assemble((quoted(record.from_), "bold"), " became ", (quoted(record.to), "bold"))
    facts = f"{record.field.value}: {record.kind.value.replace('_', ' ')}, {record.sure.value}"
    return Group(
        plain(head.append(f", {facts}")),
        beneath(record.reason),
        beneath(f"Report {record.after.report}, compared with {record.before.report}"),
    )


@item.register
def _correction(record: CorrectionItem) -> RenderableType:
    when = f", {record.effective}" if record.effective else ""
    said = f": what {record.downstream or 'anybody'} has from {record.upstream}" if record.upstream else ""
    more = [f"Replaced by {record.replaced_by}: {record.replaced_by_text}"] if record.replaced_by else []
    more += [f"Remains: {record.remains}"] if record.remains else []
    return Group(
        plain(Text.assemble((f"{record.kind} by {record.by}{when}", "bold"), f"{said}")),
        beneath(f"{record.id}: {record.claim_text or 'a document, or one hop of a report'}"),
        *map(beneath, more),
    )


@item.register
def _ruling(record: RulingItem) -> RenderableType:
    return Group(
        plain(Text.assemble((f"{record.kind}: {_ruled(record)}", "bold"))),
        beneath(f"{record.id}, signed by {record.signed_by}, {record.signed_at:%Y-%m-%d}: {record.method}"),
        *([beneath(f"Takes in: {record.inclusions}")] if record.inclusions else []),
    )


item.register(DeskTask)(task)
item.register(DeskEntry)(entry)


def _ruled(record: RulingItem) -> str:
    if record.report:
        return f"{record.report} is {'' if record.upholds else 'not '}a zombie"
    if record.tally:
        low, high = ("open" if end is None else f"{end:,}" for end in (record.low, record.high))
        grade = f", {record.grade} ({record.scale})" if record.grade else ""
        return f"{low} to {high}, {record.tally_title}{grade}"
    if record.attribution:
        return f"the hop {record.attribution}"
    ends = f"what {record.downstream or 'anybody'} has from {record.upstream or 'anybody'}"
    return f"{ends}, on: {record.claim_text}"


def _published(record: FigureItem | DocumentItem | ReportItem) -> str:
    """When, after a comma; a date that is too coarse for the moment that was asked about says so."""
    doubt = " (perhaps later than asked)" if record.presence is Presence.POSSIBLE else ""
    return f", {record.published_at or 'undated'}{doubt}" if record.published_at or doubt else ""
