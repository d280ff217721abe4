"""Sentences about a claim, made from counts and never from impressions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from provenance.analysis.accounts import relation_to
from provenance.analysis.beginnings import first_named, open_ends, unidentified
from provenance.analysis.picture import Account, ClaimPicture, CoverageView, ReportView
from provenance.chain import Declared
from provenance.phrases import counted, listed
from provenance.vocabulary import CorrectionKind, Relation, Verdict

LIMITS = " Its limits, as noted: "
MOST_NOTED = 240  # letters of a note on a search; all of it stands on the page of the event
MOST_NAMED = 8  # first-named sources that one sentence lists; the rest is a number


def sentences(picture: ClaimPicture) -> list[str]:
    """What the counts say, most telling first."""
    if not picture.asserting:
        return [*_moment(picture), "No document held states it."]
    return [
        *_moment(picture),
        *_done_to_it(picture),
        *_how_many(picture),
        *_named_first(picture),
        *_independence(picture),
        *_quoted_together(picture),
        *_not_counted(picture),
        *_other_accounts(picture),
    ]


def searched(coverage: Sequence[CoverageView]) -> list[str]:
    """What was searched and within which limits, so that a negative answer has a ground."""
    return [
        f"Searched by {entry.searched_by} in {counted(len(entry.languages), 'language')} until "
        f"{entry.searched_until:%-d %B %Y}.{f'{LIMITS}{shortened(entry.note)}' if entry.note else ''}"
        for entry in coverage
    ]


def shortened(note: str, most: int = MOST_NOTED) -> str:
    """The first sentences of a note, as many as find room; of a first one that is too long, its beginning.

    >>> shortened("Only beginnings of pages were read. Queries were not recorded.", most=40)
    'Only beginnings of pages were read.'
    >>> shortened("Only beginnings of pages were read", most=20)
    'Only beginnings of…'
    """
    words = " ".join(note.split())
    if len(words) <= most:
        return words
    whole = words[: most + 1].rpartition(". ")[0]
    return f"{whole}." if whole else f"{words[: most - 1].rpartition(' ')[0] or words[: most - 1]}…"


def _moment(picture: ClaimPicture) -> Iterable[str]:
    as_of, known_at = picture.moment.as_of, picture.moment.known_at
    if as_of is not None:
        possible = picture.documents - picture.certain_documents
        coarse = f", and {possible} more possibly, for their dates are too coarse to tell" if possible else ""
        yield (
            f"As of {as_of:%-d %B %Y, %H:%M} UTC: {counted(picture.certain_documents, 'document')} "
            f"{'was' if picture.certain_documents == 1 else 'were'} certainly published by then{coarse}."
        )
    if known_at is not None:
        yield f"As this database held it on {known_at:%-d %B %Y at %H:%M:%S} UTC."


def _how_many(picture: ClaimPicture) -> Iterable[str]:
    reports, documents = len(picture.asserting), picture.documents
    verb = "states" if documents == 1 else "state"
    in_reports = "" if reports == documents else f", in {counted(reports, 'report')}"
    yield f"{counted(documents, 'document')} held {verb} it{in_reports}."


def _named_first(picture: ClaimPicture) -> Iterable[str]:
    counts = sorted(
        ((len(documents), picture.actors[source].name) for source, documents in first_named(picture).items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not counts:
        return
    shown = [f"{name} in {count}" for count, name in counts[:MOST_NAMED]]
    rest = counts[MOST_NAMED:]
    if rest:
        shown.append(counted(len(rest), "further source", "further sources"))
    yield f"Named first, by documents: {', '.join(shown)}."


def _independence(picture: ClaimPicture) -> Iterable[str]:
    analysis = picture.analysis
    origins, parties = len(analysis.established_origins), analysis.established_parties
    match analysis.verdict:
        case Verdict.NOT_ESTABLISHED:
            yield "No origin can be established in the documents held."
        case Verdict.SINGLE if origins == 1:
            name = picture.actors[analysis.established_origins[0]].name
            linked = "" if name == parties[0].name else f", one of the linked sources of {parties[0].name}"
            yield f"The one origin that can be established is {name}{linked}."
        case Verdict.SINGLE:
            all_of_them = "Both" if origins == 2 else f"All {origins}"
            yield f"{all_of_them} origins that can be established belong to one party: {parties[0].name}."
        case Verdict.UNEXAMINED:
            names = listed([party.name for party in parties])
            yield f"{len(parties)} parties are named ({names}); nobody has examined whether they are tied."
        case Verdict.ESTABLISHED:
            names = listed([party.name for party in parties])
            yield f"{len(parties)} parties were examined and found not to be tied: {names}."
    if analysis.parties_cited_only != len(parties):
        yield (
            f"By cited ties alone it would be {counted(analysis.parties_cited_only, 'party', 'parties')}; "
            "the other ties are commonly known and not checked."
        )


def _quoted_together(picture: ClaimPicture) -> Iterable[str]:
    together: Counter[tuple[tuple[int, ...], tuple[int, ...]]] = Counter()
    documents: dict[tuple[tuple[int, ...], tuple[int, ...]], set[str]] = defaultdict(set)
    for report in picture.asserting:
        for carriers, upstream in _parallel(report.declared):
            together[carriers, upstream] += 1
            documents[carriers, upstream].add(report.document_public_id)
    by_carriers: dict[tuple[int, ...], list[tuple[int, ...]]] = defaultdict(list)
    for carriers, upstream in together:
        by_carriers[carriers].append(upstream)
    for carriers, upstreams in by_carriers.items():
        where = set().union(*(documents[carriers, upstream] for upstream in upstreams))
        names = listed([picture.actors[carrier].name for carrier in carriers])
        origins = listed(sorted({picture.actors[key].name for upstream in upstreams for key in upstream}))
        all_of_them = "both" if len(carriers) == 2 else f"all {len(carriers)}"
        yield (
            f"{names} are quoted together in {counted(len(where), 'document')}; there {all_of_them} relay {origins}, "
            "so together they add no origin."
        )


def _parallel(declared: Declared) -> Iterable[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Groups of carriers that relay the same sources to the same ones, with those sources."""
    alike: dict[tuple[frozenset[int], frozenset[int]], list[int]] = defaultdict(list)
    sources = dict.fromkeys(hop.downstream for hop in declared.hops)
    for source in sources:
        before = frozenset(
            hop.upstream for hop in declared.hops if hop.downstream == source and hop.upstream is not None
        )
        after = frozenset(hop.downstream for hop in declared.hops if hop.upstream == source)
        if before:
            alike[before, after].append(source)
    for (before, _), carriers in alike.items():
        if len(carriers) > 1:
            yield tuple(sorted(carriers)), tuple(sorted(before))


def _not_counted(picture: ClaimPicture) -> Iterable[str]:
    silent = [report for report in picture.asserting if open_ends(picture, report)]
    nobody = [report for report in silent if not report.declared.hops]
    if nobody:
        yield f"{counted(len(nobody), 'report names', 'reports name')} nobody: {_publishers(nobody)}."
    if carried := len(silent) - len(nobody):
        yield f"{counted(carried, 'report names', 'reports name')} only a carrier: the origin is not stated."
    resting = [report for report in picture.asserting if unidentified(picture, report)]
    if resting:
        rest = counted(len(resting), "report rests", "reports rest")
        it = "it is" if len(resting) == 1 else "they are"
        yield f"{rest} on words that identify nobody; {it} listed, and no origin is counted there."


def _publishers(reports: Sequence[ReportView]) -> str:
    names = sorted({report.publisher.name for report in reports})
    shown = names[:MOST_NAMED]
    return listed(shown) if len(names) == len(shown) else f"{', '.join(shown)} and {len(names) - len(shown)} more"


def _other_accounts(picture: ClaimPicture) -> Iterable[str]:
    own = {party.group for party in picture.analysis.established_parties}
    for account in picture.accounts:
        others = [party for party in account.analysis.established_parties if party.group not in own]
        if others and account.in_same_tally:
            yield (
                f"Another account is held, from {listed([party.name for party in others])}, in "
                f"{counted(account.documents, 'document')}{_compared(picture, account)}: “{account.text}”"
            )


def _compared(picture: ClaimPicture, account: Account) -> str:
    relation, field = relation_to(picture, account)
    match relation:
        case Relation.NOT_COMPARABLE:
            return f" (not comparable: they differ in {FIELDS.get(field or '', field)})"
        case Relation.UNKNOWN:
            return f" (it cannot be said whether the two are comparable: {FIELDS.get(field or '', field)} is missing)"
        case _:
            return f" ({relation.value})"


FIELDS = {
    "counted": "who is counted",
    "measure": "what is counted",
    "place": "the place",
    "period": "the period",
    "cumulative": "whether the count runs on",
    "unit": "the unit",
    "figure": "a figure",
}


def _done_to_it(picture: ClaimPicture) -> Iterable[str]:
    disowned_by = disowners(picture)
    for correction in picture.corrections:
        if not correction.applies:
            continue
        when = f" ({correction.effective.interval})" if correction.effective.interval else ""
        by = correction.by.name
        match correction.kind:
            case CorrectionKind.DISAVOWAL if correction.by.id in disowned_by:
                yield f"{by}, named as its origin, says that it never said so{when}."
            case CorrectionKind.DISAVOWAL:
                yield f"{by} says that it never said so{when}."
            case CorrectionKind.DENIAL:
                yield f"{by} denies it{when}."
            case CorrectionKind.RETRACTION:
                yield f"{by} took it back{when}."
            case CorrectionKind.CORRECTION:
                yield f"{by} corrected it{when}."
            case CorrectionKind.SUPERSESSION:
                yield f"{by} replaced it by a later statement{when}."


def disowners(picture: ClaimPicture) -> set[int]:
    """Sources that reports name first and that say they never said so; both readings stay on record."""
    named = set(first_named(picture))
    return {
        correction.by.id
        for correction in picture.corrections
        if correction.applies
        and correction.kind in (CorrectionKind.DISAVOWAL, CorrectionKind.DENIAL)
        and correction.by.id in named
    }
