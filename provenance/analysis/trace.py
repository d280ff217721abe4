"""The trace of a claim: who is named first, how it travelled, how many independent origins, and the proof.

It is the document that ``GET /v1/claims/{id}/trace`` sends and ``provenance trace`` draws. Sources stand by name, with
their id beside under ``<key>_id``; other records stand by their id.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from provenance.analysis.accounts import relation_to
from provenance.analysis.picture import Account, ClaimPicture, CorrectionView, ReportView
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules.words import tie_words
from provenance.analysis.says import disowners, searched, sentences
from provenance.answers import instant_text
from provenance.chain import Analysis, Chokepoint, Edge, Node, Party, Span, Tie
from provenance.independence import OriginFinding

Json = dict[str, Any]


def trace(picture: ClaimPicture, flags: Sequence[tuple[Rule, Finding]]) -> Json:
    """The trace document of a claim (see :mod:`provenance.answers` for what each key means)."""
    analysis = picture.analysis
    return {
        "claim": _claim(picture),
        "as_of": instant_text(picture.moment.as_of),
        "known_at": instant_text(picture.moment.known_at),
        "independence": _independence(picture),
        "documents": picture.documents,
        "write_ups": None,
        "certain": picture.certain_documents,
        "possible": picture.documents - picture.certain_documents,
        "says": sentences(picture),
        "searched": searched(picture.coverage),
        "origins": [_origin(picture, finding) for finding in analysis.origins],
        "parties": [_party(picture, party) for party in analysis.parties],
        "chokepoints": [_chokepoint(picture, point) for point in analysis.chokepoints],
        "support_cut": {
            "size": analysis.support_cut.size,
            "exact": analysis.support_cut.exact,
            "sources": _names(picture, analysis.support_cut.sources),
        },
        "circular": [_names(picture, circle) for circle in analysis.circles],
        "edges": [_edge(picture, edge) for edge in analysis.edges],
        "reports": [_report(picture, report) for report in picture.reports],
        "other_accounts": [_account(picture, account) for account in picture.accounts],
        "corrections": [_correction(picture, correction) for correction in picture.corrections],
        "reviews": [
            {
                "id": review.public_id,
                "author": review.author,
                "rating": review.rating,
                "upholds": review.upholds,
                "reasons": review.reasons,
                "url": review.url,
            }
            for review in picture.reviews
        ],
        "flags": [flag_item(rule, finding) for rule, finding in flags],
    }


def flag_item(rule: Rule, finding: Finding) -> Json:
    """A finding as it is sent."""
    return {
        "rule": rule.key,
        "version": rule.version,
        "title": rule.title,
        "reason": finding.reason,
        "clears_when": finding.clears_when,
        "evidence": [{"noun": row.noun, "id": row.id, "shows": row.shows} for row in finding.rows],
    }


def _claim(picture: ClaimPicture) -> Json:
    return {
        "id": picture.public_id,
        "text": picture.text,
        "kind": picture.kind.value,
        "event": picture.event,
        "event_title": picture.event_title,
        "tally": picture.tally.public_id if picture.tally else None,
        "tally_title": picture.tally.title if picture.tally else None,
        "status": picture.status.value,
        "happened_at": picture.happened.text,
        "happened_precision": picture.happened.precision.value,
    }


def _independence(picture: ClaimPicture) -> Json:
    analysis = picture.analysis
    return {
        "verdict": analysis.verdict.value,
        "established_origins": len(analysis.established_origins),
        "parties": len(analysis.established_parties),
        "parties_cited_ties_only": analysis.parties_cited_only,
        "parties_across_accounts": parties_across(picture),
        "why": analysis.why,
        "certain_only": _certain_only(picture.certain) if picture.certain else None,
    }


def _certain_only(analysis: Analysis) -> Json:
    return {
        "verdict": analysis.verdict.value,
        "established_origins": len(analysis.established_origins),
        "parties": len(analysis.established_parties),
    }


def parties_across(picture: ClaimPicture) -> int:
    """Parties of this claim and of all other accounts together, each counted once."""
    groups = {party.group for party in picture.analysis.established_parties}
    for account in picture.accounts:
        groups |= {party.group for party in account.analysis.established_parties}
    return len(groups)


def _origin(picture: ClaimPicture, finding: OriginFinding) -> Json:
    party = picture.analysis.parties[finding.party].name if finding.party is not None else None
    return {
        **_source(picture, finding.source),
        "class": finding.cls.value,
        "established": finding.established,
        "party": party,
        "reports": len(finding.reports),
        "withdrawn": finding.withdrawn,
        "disowned": finding.source in disowners(picture),
    }


def _party(picture: ClaimPicture, party: Party) -> Json:
    return {
        "name": party.name,
        "established": party.established,
        "origins": _names(picture, party.origins),
        "members": _names(picture, party.members),
        "ties": [_tie(picture, tie) for tie in party.ties],
        "further_ties": [_tie(picture, tie) for tie in party.further_ties],
    }


def _tie(picture: ClaimPicture, tie: Tie) -> Json:
    return {
        **_source(picture, tie.source),
        "kind": tie.kind.value,
        "other": picture.actors[tie.other].name,
        "other_id": picture.public_ids[tie.other],
        "basis": tie.basis.value,
        "reference": tie.reference,
        "undated": tie.valid_from is None and tie.valid_to is None,
        "says": f"{tie_words(picture, tie)} ({tie.basis.value.replace('_', ' ')})",
    }


def _chokepoint(picture: ClaimPicture, point: Chokepoint) -> Json:
    if point.party is not None:
        return {"party": picture.analysis.parties[point.party].name, "paths": point.paths}
    if point.source is None:
        raise ValueError("a chokepoint is a source or a party")
    return {**_source(picture, point.source), "paths": point.paths}


def _edge(picture: ClaimPicture, edge: Edge) -> Json:
    upstream = edge.upstream
    return {
        "upstream": _name(picture, upstream) if upstream else None,
        "upstream_id": picture.public_ids[upstream.actor] if upstream else None,
        "downstream": _name(picture, edge.downstream),
        "downstream_id": picture.public_ids[edge.downstream.actor],
        "manners": [manner.value for manner in edge.manners],
        "reports": len(edge.reports),
        "first_seen": _when(picture, edge.first_seen),
        "stated": edge.stated,
        "cut": {"by": edge.cut.by, "at": edge.cut.at, "reason": edge.cut.reason} if edge.cut else None,
    }


def _when(picture: ClaimPicture, span: Span | None) -> str | None:
    """A publication date with no more digits than its document's date has."""
    dates = (report.published for report in picture.reports)
    return next((date.text for date in dates if span is not None and date.span == span), None)


def _report(picture: ClaimPicture, report: ReportView) -> Json:
    found = next(finding for finding in picture.analysis.reports if finding.report == report.id)
    return {
        "id": report.public_id,
        "document": report.document_public_id,
        "document_title": report.document_title,
        "url": report.document_url,
        "publisher": report.publisher.name,
        "publisher_id": picture.public_ids[report.publisher.id],
        "published_at": report.published.text,
        "published_precision": report.published.precision.value,
        "published_basis": report.published.basis.value,
        "presence": report.presence.value,
        "said_at": report.said.text,
        "said_precision": report.said.precision.value,
        "language": report.language,
        "stance": report.stance.value,
        "hedge": report.hedge,
        "quote": report.quote,
        "figure": report.figures[0].text if report.figures else None,
        "figures": [figure.public_id for figure in report.figures],
        "paths": [[_name(picture, node) for node in path.nodes] for path in found.paths],
        "origin_classes": [path.origin_class.value for path in found.paths],
        "supported": found.supported,
    }


def _account(picture: ClaimPicture, account: Account) -> Json:
    relation, field = relation_to(picture, account)
    return {
        "claim": account.public_id,
        "text": account.text,
        "relation": relation.value,
        "field": field,
        "status": account.status.value,
        "verdict": account.analysis.verdict.value,
        "documents": account.documents,
        "parties": len(account.analysis.established_parties),
        "adds_parties": len(account.analysis.established_parties) - len(_shared(picture, account)),
        "party_names": [party.name for party in account.analysis.established_parties],
    }


def _shared(picture: ClaimPicture, account: Account) -> list[Party]:
    own = {party.group for party in picture.analysis.established_parties}
    return [party for party in account.analysis.established_parties if party.group in own]


def _correction(picture: ClaimPicture, correction: CorrectionView) -> Json:
    by_claim = {account.claim: account for account in picture.accounts}
    replacing = by_claim.get(correction.superseded_by) if correction.superseded_by is not None else None
    return {
        "id": correction.public_id,
        "kind": correction.kind.value,
        "by": correction.by.name,
        "document": correction.document,
        "effective": correction.effective.interval,
        "effective_earliest": instant_text(correction.effective.span.earliest if correction.effective.span else None),
        "effective_latest": instant_text(correction.effective.span.latest if correction.effective.span else None),
        "effective_precision": correction.effective.precision.value,
        "applies": correction.applies,
        "upstream": correction.upstream.name if correction.upstream else None,
        "downstream": correction.downstream.name if correction.downstream else None,
        "replaced_by": replacing.public_id if replacing else None,
        "replaced_by_text": replacing.text if replacing else None,
        "remains": correction.remains,
        "note": correction.note,
    }


def _source(picture: ClaimPicture, source: int) -> Json:
    return {"source": picture.actors[source].name, "source_id": picture.public_ids[source]}


def _name(picture: ClaimPicture, node: Node) -> str:
    return picture.actors[node.actor].name


def _names(picture: ClaimPicture, sources: Sequence[int]) -> list[str]:
    return [picture.actors[source].name for source in sources]
