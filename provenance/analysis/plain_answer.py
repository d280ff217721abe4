"""The answer for somebody who reads a claim for the first time: a line, a sentence or two, and the counts behind them.

Everything here is made from a trace and from nothing else, so that a page, a command and a citation say the same. The
words are a reader's: sources that ties join are "linked sources".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from provenance.analysis.naming_first import (
    MOST_NAMED,
    established_parties,
    named_first,
    naming,
    naming_it,
    pointing,
    quoted_together,
    the_name,
    unidentified_documents,
)
from provenance.answers_trace import Trace, TracedCorrection, TracedParty
from provenance.phrases import MONTHS, counted, either, listed
from provenance.vocabulary import ClaimStatus, CorrectionKind, Relation, Verdict


@dataclass(frozen=True, slots=True)
class Count:
    """A number of the answer, and what it counts."""

    number: int
    of: str


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """What a reader is told first: the answer in a line, what it rests on, and that said and so are two things."""

    lead: str
    sentences: tuple[str, ...]
    counts: tuple[Count, ...]
    said: str
    is_so: str
    taken_back: tuple[str, ...]


def plain_answer(trace: Trace) -> PlainAnswer:
    """The answer in plain words.

    For "dozens eliminated" the lead is "56 documents, one group of linked sources, nothing independent.", and the first
    sentence names the group and who of it is named first: Saltanat Azirbek in 31 documents, and for whom she speaks.

    What was taken back stands in ``taken_back`` and belongs before everything else.
    """
    return PlainAnswer(
        lead=_lead(trace),
        sentences=tuple(_sentences(trace)),
        counts=tuple(_counts(trace)),
        said=_said(trace),
        is_so=f"Whether it is so is another question: {_support(trace)}.",
        taken_back=tuple(taken_back(trace)),
    )


def by_cited_links(trace: Trace) -> str | None:
    """How many groups there would be by the links that have a reference alone; None where that changes nothing."""
    independence = trace.independence
    if independence.parties_cited_ties_only == independence.parties:
        return None
    groups = counted(independence.parties_cited_ties_only, "group", "groups")
    return f"By the links that have a reference alone it would be {groups}; the others are commonly known."


def taken_back(trace: Trace) -> Iterator[str]:
    """What was done to the claim, a sentence for each thing done: by whom, and when.

    Withdrawals come first. Several who did the same on the same day share a sentence. What had not taken effect by the
    moment is left out.
    """
    applying = sorted((one for one in trace.corrections if one.applies), key=lambda one: not one.kind.withdraws)
    for kind, effective in dict.fromkeys((one.kind, one.effective) for one in applying):
        same = [one for one in applying if (one.kind, one.effective) == (kind, effective)]
        yield _done(kind, effective, same)


def day(iso: str | None) -> str:
    """A date of a trace as a reader says it, without its clock.

    >>> day("2022-01-09T15:33Z"), day("2022-01-09/2022-01-10"), day("2022-01"), day(None)
    ('9 January 2022', '9 or 10 January 2022', 'January 2022', 'a date not known')
    """
    if not iso:
        return "a date not known"
    first, _, last = iso.partition("/")
    if last and first[:7] == last[:7] and len(first) >= 10 and len(last) >= 10:
        joint = "or" if int(last[8:10]) - int(first[8:10]) == 1 else "to"
        return day(last) if first[:10] == last[:10] else f"{int(first[8:10])} {joint} {day(last)}"
    if last:
        return f"{day(first)} to {day(last)}"
    year, month, number = first[:4], first[5:7], first[8:10]
    return " ".join(part for part in (str(int(number)) if number else "", _month(month), year) if part)


def _month(digits: str) -> str:
    return MONTHS[int(digits) - 1] if digits else ""


DONE = {
    CorrectionKind.RETRACTION: "Withdrawn on {when} by {who}",
    CorrectionKind.CORRECTION: "Corrected on {when} by {who}",
    CorrectionKind.DENIAL: "Denied on {when} by {who}",
    CorrectionKind.SUPERSESSION: "Replaced by a later statement of {who} on {when}",
}


def _done(kind: CorrectionKind, effective: str | None, same: Sequence[TracedCorrection]) -> str:
    who, when = listed(list(dict.fromkeys(one.by for one in same))), day(effective)
    if kind is CorrectionKind.DISAVOWAL:
        says = "says that it never said so" if len({one.by for one in same}) == 1 else "say that they never said so"
        told = f"{who} {says} ({when})"
    else:
        told = DONE[kind].format(who=who, when=when)
    about = dict.fromkeys(one.upstream for one in same if one.upstream and one.upstream != one.by)
    if about and kind is not CorrectionKind.DISAVOWAL:
        told += f", as far as it came from {listed(list(about))}"
    later = list(dict.fromkeys(one.replaced_by_text for one in same if one.replaced_by_text))
    return f"{told}: “{later[0].rstrip('.')}”." if later else f"{told}."


def _lead(trace: Trace) -> str:
    independence = trace.independence
    if not trace.documents:
        return f"No document held states it{' by then' if trace.as_of else ''}."
    held, groups = counted(trace.documents, "document"), _groups(established_parties(trace))
    match independence.verdict:
        case Verdict.NOT_ESTABLISHED:
            nobody = "it names nobody" if trace.documents == 1 else "none of them names anybody"
            return f"{held}, and {nobody} who can be identified."
        case Verdict.SINGLE:
            return f"{held}, {groups}, {_beside(trace)}."
        case Verdict.UNEXAMINED:
            return f"{held}, {groups}; whether they are linked has not been examined."
        case Verdict.ESTABLISHED:
            return f"{held}, {groups}, examined and found not linked."


def _groups(parties: Sequence[TracedParty]) -> str:
    """How many there are that count once each: a source alone, or several that are linked."""
    linked = [party for party in parties if len(party.origins) > 1]
    number = "one" if len(parties) == 1 else str(len(parties))
    if not linked:
        return f"{number} identified source{'' if len(parties) == 1 else 's'}"
    if len(linked) == len(parties):
        return f"{number} group{'' if len(parties) == 1 else 's'} of linked sources"
    return f"{number} separate sources or groups of linked sources"


def _beside(trace: Trace) -> str:
    agreeing = [one for one in trace.other_accounts if one.relation is Relation.AGREEING and one.adds_parties]
    return f"and {counted(len(agreeing), 'separate account')} that agrees" if agreeing else "nothing independent"


def _sentences(trace: Trace) -> Iterable[str]:
    if not trace.documents:
        return
    names = [one for one in named_first(trace) if one.established]
    parties = established_parties(trace)
    match trace.independence.verdict:
        case Verdict.SINGLE if len(names) > 1:
            yield f"All that can be traced goes back to {the_name(parties[0].name)}: {naming(trace, names)}."
        case Verdict.SINGLE if names:
            whose = the_name(parties[0].name)
            linked = "" if names[0].name == parties[0].name else f", one of the linked sources of {whose}"
            told = naming_it(trace, names[0])
            yield f"The only source that can be identified is {the_name(names[0].name)}{linked}: {told}."
        case Verdict.UNEXAMINED | Verdict.ESTABLISHED:
            yield f"They are {listed([party.name for party in parties])}: {naming(trace, names)}."
    yield from quoted_together(trace)
    yield from _nobody(trace)
    yield from _doubts(trace)


def _nobody(trace: Trace) -> Iterable[str]:
    unknown = unidentified_documents(trace)
    if unknown and trace.independence.verdict is not Verdict.NOT_ESTABLISHED:
        yield f"{_further(unknown)} nobody who can be identified{pointing(trace)}."
    elif unknown and (words := named_first(trace)):
        they = "It rests" if trace.documents == 1 else "They rest"
        yield f"{they} on {listed([f'“{one.name}”' for one in words[:MOST_NAMED]])}."


def _further(documents: int) -> str:
    return "1 document names" if documents == 1 else f"{documents} documents name"


def _doubts(trace: Trace) -> Iterable[str]:
    if trace.possible:
        yield (
            f"{counted(trace.possible, 'document', 'documents')} may be later than the moment that is asked for: "
            "the dates are too coarse to tell."
        )


def _counts(trace: Trace) -> Iterable[Count]:
    yield Count(trace.documents, either(trace.documents, "document states it", "documents state it"))
    firsts = len([one for one in named_first(trace) if one.established])
    yield Count(firsts, either(firsts, "source identified", "sources identified"))
    parties = established_parties(trace)
    linked = any(len(party.origins) > 1 for party in parties)
    one, several = ("group of linked sources", "separate groups") if linked else ("separate source", "separate sources")
    yield Count(len(parties), either(len(parties), one, several))


def _said(trace: Trace) -> str:
    if not trace.documents:
        return "That somebody said this is reported in no document held."
    back = {ClaimStatus.RETRACTED: ", and it was withdrawn", ClaimStatus.CORRECTED: ", and it was corrected"}
    end = back.get(trace.claim.status, "")
    return f"That somebody said this is reported in {counted(trace.documents, 'document')}{end}."


def _support(trace: Trace) -> str:
    upheld = [one.author for one in trace.reviews if one.upholds]
    refused = [one.author for one in trace.reviews if one.upholds is False]
    decided = []
    if upheld:
        decided.append(f"{listed(upheld)} reviewed it and {'uphold' if len(upheld) > 1 else 'upholds'} it")
    if refused:
        decided.append(f"{listed(refused)} reviewed it and {'do' if len(refused) > 1 else 'does'} not uphold it")
    return "; ".join([*decided, SUPPORT[trace.independence.verdict]])


SUPPORT = {
    Verdict.NOT_ESTABLISHED: "no source of it can be identified, and nobody independent has confirmed it",
    Verdict.SINGLE: "nobody independent has confirmed it",
    Verdict.UNEXAMINED: "several separate sources say so, and nobody has examined whether they are linked",
    Verdict.ESTABLISHED: "sources that were examined and found not linked say so, which supports it and proves nothing",
}
