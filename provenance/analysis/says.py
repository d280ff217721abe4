"""Sentences about a claim, made from counts and never from impressions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from provenance.analysis.picture import ClaimPicture, CoverageView, ReportView
from provenance.chain import Declared
from provenance.vocabulary import OriginClass, Verdict

MOST_NAMED = 8  # first-named sources that one sentence lists; the rest is a number


def sentences(picture: ClaimPicture) -> list[str]:
    """What the counts say, most telling first."""
    if not picture.asserting:
        return ["No document held states it."]
    return [
        *_how_many(picture),
        *_named_first(picture),
        *_independence(picture),
        *_quoted_together(picture),
        *_not_counted(picture),
        *_other_accounts(picture),
    ]


def searched(coverage: Sequence[CoverageView]) -> list[str]:
    """What was searched, so that a negative answer has a ground."""
    return [
        f"Searched by {entry.searched_by} in {many(len(entry.languages), 'language')} until "
        f"{entry.searched_until:%-d %B %Y}."
        for entry in coverage
    ]


def many(count: int, noun: str, plural: str | None = None) -> str:
    """A count with its noun.

    >>> many(1, "document"), many(56, "document"), many(2, "party", "parties")
    ('1 document', '56 documents', '2 parties')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Names in a row.

    >>> listed(["TASS", "RIA Novosti", "Interfax"])
    'TASS, RIA Novosti and Interfax'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


def _how_many(picture: ClaimPicture) -> Iterable[str]:
    reports, documents = len(picture.asserting), picture.documents
    verb = "states" if documents == 1 else "state"
    in_reports = "" if reports == documents else f", in {many(reports, 'report')}"
    yield f"{many(documents, 'document')} held {verb} it{in_reports}."


def _named_first(picture: ClaimPicture) -> Iterable[str]:
    first: dict[str, set[str]] = defaultdict(set)
    documents = {report.id: report.document_public_id for report in picture.asserting}
    for finding in picture.analysis.origins:
        if finding.cls is OriginClass.NOT_STATED:
            continue
        name = picture.actors[finding.source].name
        first[name] |= {documents[report] for report in finding.reports if report in documents}
    counts = sorted(
        ((len(found), name) for name, found in first.items() if found), key=lambda pair: (-pair[0], pair[1])
    )
    if not counts:
        return
    shown = [f"{count} {'names' if count == 1 else 'name'} {name}" for count, name in counts[:MOST_NAMED]]
    rest = counts[MOST_NAMED:]
    if rest:
        shown.append(many(len(rest), "further source is named first", "further sources are named first"))
    yield f"First named: {'; '.join(shown)}."


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
            yield f"All {origins} origins that can be established belong to one party: {parties[0].name}."
        case Verdict.UNEXAMINED:
            names = listed([party.name for party in parties])
            yield f"{len(parties)} parties are named ({names}); nobody has examined whether they are tied."
        case Verdict.ESTABLISHED:
            names = listed([party.name for party in parties])
            yield f"{len(parties)} parties were examined and found not to be tied: {names}."
    if analysis.parties_cited_only != len(parties):
        yield (
            f"By cited ties alone it would be {many(analysis.parties_cited_only, 'party', 'parties')}; "
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
            f"{names} are quoted together in {many(len(where), 'document')}; there {all_of_them} relay {origins}, "
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
    found: dict[OriginClass, set[int]] = defaultdict(set)
    for finding in picture.analysis.origins:
        if not finding.established and finding.party is None:
            found[finding.cls] |= set(finding.reports)
    silent = [report for report in picture.asserting if report.id in found[OriginClass.NOT_STATED]]
    nobody = [report for report in silent if not report.declared.hops]
    if nobody:
        yield f"{many(len(nobody), 'report names', 'reports name')} nobody: {_publishers(nobody)}."
    carried = [report for report in silent if report.declared.hops]
    if carried:
        yield f"{many(len(carried), 'report names', 'reports name')} only a carrier: the origin is not stated."
    for cls, words in (
        (OriginClass.UNNAMED, "words that identify nobody"),
        (OriginClass.COLLECTIVE, "unnamed agencies or media"),
        (OriginClass.ANONYMOUS_VOUCHED, "unnamed people for whom an outlet vouches"),
    ):
        if found[cls]:
            resting = many(len(found[cls]), "report rests", "reports rest")
            yield f"{resting} on {words}; they are listed and not counted."


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
                f"Another account is held, from {listed([party.name for party in others])} in "
                f"{many(account.documents, 'document')}: “{account.text}”"
            )
