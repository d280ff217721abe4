"""Who the documents of a claim name first, counted, and the sentences that say so.

Counts by name add up to more than there are documents where a document names two, so that is said as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.answers_trace import Trace, TracedParty, TracedReport
from provenance.phrases import counted, either, listed
from provenance.vocabulary import OriginClass, Stance, TieKind

MOST_NAMED = 3  # first-named sources in one sentence


@dataclass(frozen=True, slots=True)
class NamedFirst:
    """A source that reports name first, and how many documents do; ``established`` says whether it is counted."""

    name: str
    documents: int
    established: bool


def named_first(trace: Trace) -> list[NamedFirst]:
    """Who is named first, with the number of documents; most documents first.

    A document in which nobody is named, or only a carrier, is under no name here.
    """
    established = {one.source for one in trace.origins if one.established}
    documents: dict[str, set[str]] = {}
    for report in asserting(trace):
        for name in _firsts(report):
            documents.setdefault(name, set()).add(report.document)
    found = [NamedFirst(name, len(held), name in established) for name, held in documents.items()]
    return sorted(found, key=lambda one: (-one.documents, one.name))


def unidentified_documents(trace: Trace) -> int:
    """Documents none of whose reports goes back to a source that can be established."""
    known = _identified(trace)
    return len(
        {report.document for report in asserting(trace)}
        - {report.document for report in asserting(trace) if report.id in known}
    )


def established_parties(trace: Trace) -> list[TracedParty]:
    """Sources that can be identified, where those that are linked are one."""
    return [party for party in trace.parties if party.established]


def asserting(trace: Trace) -> Iterator[TracedReport]:
    """The reports that state the claim."""
    return (report for report in trace.reports if report.stance is Stance.ASSERTS)


def _firsts(report: TracedReport) -> set[str]:
    named = zip(report.paths, report.origin_classes, strict=True)
    return {path[0] for path, cls in named if cls is not OriginClass.NOT_STATED}


def naming(trace: Trace, names: Sequence[NamedFirst]) -> str:
    """How many documents name whom, and for whom the one who is named most speaks; ``names`` are sorted."""
    first, *others = names[:MOST_NAMED]
    parted = "," if ", " in first.name else ""
    head = f"{counted(first.documents, 'document names', 'documents name')} {the_name(first.name)}{parted} first"
    head += _speaking(trace, first)
    if not others:
        return head
    told = [f"{one.documents} {one.name}" for one in others]
    told[0] = f"{others[0].documents} {either(others[0].documents, 'names', 'name')} {the_name(others[0].name)}"
    rest = len(names) - MOST_NAMED
    further = [counted(rest, "further source is named", "further sources are named")] if rest > 0 else []
    several = _naming_several(trace, {one.name for one in names})
    both = f"; {counted(several, 'document names', 'documents name')} more than one of these" if several else ""
    return f"{head}; {listed([*told, *further])}{both}"


def _speaking(trace: Trace, one: NamedFirst) -> str:
    """For whom somebody speaks, where a link that is held says so."""
    ties = (tie for party in trace.parties for tie in (*party.ties, *party.further_ties))
    whom = dict.fromkeys(tie.other for tie in ties if tie.source == one.name and tie.kind is TieKind.SPEAKS_FOR)
    return f", who speaks for {listed([the_name(name) for name in whom])}" if whom else ""


def the_name(name: str) -> str:
    """A name as it stands in a sentence.

    >>> the_name("State of Kazakhstan"), the_name("Almaty city police department"), the_name("TASS")
    ('the State of Kazakhstan', 'the Almaty city police department', 'TASS')
    """
    return f"the {name}" if OFFICE.search(name) else name


OFFICE = re.compile(r"^(State|Ministry|Republic|Government|Committee) of |\bOffice of |\b(department|foundation)$")


def naming_it(trace: Trace, only: NamedFirst) -> str:
    """How many documents name the only source that can be identified, and what still rests on it."""
    if only.documents == trace.documents:
        told = (
            "named first in the document" if only.documents == 1 else f"named first in all {only.documents} documents"
        )
    else:
        told = f"named first in {only.documents} of {counted(trace.documents, 'document')}"
    resting = sum(one.reports for one in trace.origins if one.source == only.name and one.established)
    named = sum(only.name in _firsts(report) for report in asserting(trace))
    if resting == named:
        return told
    still = f"{counted(resting, 'report')} still {either(resting, 'rests', 'rest')} on it"
    return f"{told}, and {still} after what was taken back"


def quoted_together(trace: Trace) -> Iterator[str]:
    """That carriers who are quoted side by side are no more than the one whom all of them relay."""
    documents: dict[tuple[tuple[str, ...], str], set[str]] = {}
    for report in asserting(trace):
        for origin in {one.source for one in trace.origins if one.established}:
            carriers = dict.fromkeys(path[1] for path in report.paths if path[0] == origin and len(path) > 2)
            if len(carriers) > 1:
                documents.setdefault((tuple(sorted(carriers)), origin), set()).add(report.document)
    if documents:
        (carriers_, origin), where = max(documents.items(), key=lambda one: (len(one[1]), one[0]))
        yield (
            f"{listed(carriers_)} are quoted together in {counted(len(where), 'document')}, and "
            f"{'both' if len(carriers_) == 2 else 'all'} relay {origin}: they count once."
        )


def _naming_several(trace: Trace, names: set[str]) -> int:
    """Documents that name more than one of these first, so that the counts by name add up to more than there are."""
    named: dict[str, set[str]] = {}
    for report in asserting(trace):
        named.setdefault(report.document, set()).update(_firsts(report) & names)
    return sum(len(each) > 1 for each in named.values())


def pointing(trace: Trace) -> str:
    """That some use words which are linked to whom the others name, and which identify nobody all the same."""
    parties = established_parties(trace)
    named = {party.name for party in parties}
    unnamed = (one for one in trace.origins if one.origin_class is OriginClass.UNNAMED)
    words_of_it = {one.source for one in unnamed if one.party in named}
    identified = _identified(trace)
    known = {report.document for report in asserting(trace) if report.id in identified}
    words = [(report.document, name) for report in asserting(trace) for name in sorted(_firsts(report) & words_of_it)]
    documents = {document for document, _ in words} - known
    if not documents or len(parties) != 1:
        return ""
    [(most, _)] = Counter(name for document, name in words if document in documents).most_common(1)
    many = len(documents)
    return (
        f"; {many} of them {either(many, 'says', 'say')} only words such as “{most}”, which point to "
        f"{the_name(parties[0].name)} and identify nobody"
    )


def _identified(trace: Trace) -> set[str]:
    """The reports that go back to a source that can be identified."""
    established = {(one.source, one.origin_class) for one in trace.origins if one.established}
    return {
        report.id
        for report in asserting(trace)
        for path, cls in zip(report.paths, report.origin_classes, strict=True)
        if (path[0], cls) in established
    }
