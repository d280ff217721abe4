"""From proposed spans to statements with their chains: who said it first, through whom it came, and how sure that is.

The text is walked once from its beginning: whoever appears joins the cast, and each mention of a speaker is resolved
with those who came before it. Then the chains are put together: carriers behind origins, statements inside statements,
and those that go on where another left off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import merge

from provenance.extraction.article import Article, Mention, Proposed
from provenance.extraction.reading import Link, Span
from provenance.extraction.resolving import absences
from provenance.extraction.resolving.antecedents import of_description, of_pronoun
from provenance.extraction.resolving.appearances import Appearance, Stretches, appearances
from provenance.extraction.resolving.carriers import told
from provenance.extraction.resolving.cast import Cast, Member, fullest, letters_of
from provenance.extraction.resolving.kinds import Being
from provenance.extraction.resolving.links import Resolved, resolve_mention
from provenance.extraction.resolving.lookup import Lookup
from provenance.extraction.resolving.names import bracketed_letters
from provenance.extraction.resolving.nesting import parents, wraps
from provenance.extraction.resolving.stances import stance_of
from provenance.extraction.resolving.wording import PRONOUNS, Form
from provenance.extraction.resolving.words import Page
from provenance.vocabulary import LinkStatus, Stance, ZoneKind

Steps = tuple[tuple[Resolved, ...], ...]


@dataclass(frozen=True, slots=True)
class Chained:
    """A proposal with the steps of its chain, origin first."""

    proposed: Proposed
    steps: Steps

    @property
    def confidence(self) -> float:
        """How sure all its links are together."""
        found = [one.confidence for step in self.steps for one in step]
        return min(found, default=0.9)


def chained(article: Article, proposals: Sequence[Proposed], registry: Lookup, page: Page) -> list[Chained]:
    """Each proposal with its chain, in the same order; those that only wrap another one are still among them."""
    own = _own_chains(article, proposals, registry, page)
    around, wrapped = _relayed_by(proposals), wrappers(proposals)
    goes_on = [
        one.continues if one.continues is None else wrapped.get(one.continues, one.continues) for one in proposals
    ]
    whole: dict[int, Steps] = {}
    for place in range(len(proposals)):
        _complete(place, goes_on, own, around, whole)
    return [Chained(proposed, whole[place]) for place, proposed in enumerate(proposals)]


def _relayed_by(proposals: Sequence[Proposed]) -> list[int | None]:
    """For each statement the one around it; who declines to comment on reports has not passed them on."""
    return [
        outer if outer is not None and stance_of(proposals[outer]) is not Stance.MENTIONS else None
        for outer in parents(proposals)
    ]


def wrappers(proposals: Sequence[Proposed]) -> dict[int, int]:
    """The places of proposals that say no more than that another was made, with the place of that other."""
    found: dict[int, int] = {}
    for inner, outer in enumerate(parents(proposals)):
        # Two that stand in each other's content wrap nothing, and a circle would leave neither.
        if outer is not None and wraps(proposals[outer], proposals[inner]) and not _leads_to(found, inner, outer):
            found[outer] = inner
    return found


def _leads_to(found: dict[int, int], place: int, sought: int) -> bool:
    while place != sought and place in found:
        place = found[place]
    return place == sought


def links(steps: Steps) -> tuple[Link, ...]:
    """The links of a chain, numbered; whoever comes twice stays where they came first."""
    return tuple(replace(one.link, step=number) for number, step in enumerate(steps) for one in step)


def _complete(
    place: int, goes_on: Sequence[int | None], own: list[Steps], around: list[int | None], whole: dict[int, Steps]
) -> None:
    """Fills in the whole chain of one statement, after those of what it goes on from and of what it stands in."""
    todo, begun = [place], {place}
    while todo:
        now = todo[-1]
        needed = [other for other in (goes_on[now], around[now]) if other is not None]
        waiting = [other for other in needed if other not in whole and other not in begun]
        if now in whole or not waiting:
            whole.setdefault(now, _whole_chain(own[now], goes_on[now], around[now], whole))
            todo.pop()
        else:
            todo.extend(waiting)
            begun.update(waiting)


def _whole_chain(own: Steps, goes_on: int | None, around: int | None, whole: dict[int, Steps]) -> Steps:
    if goes_on is not None and not own:
        return whole.get(goes_on, ())
    outer = whole.get(around, ()) if around is not None else ()
    return _without_doubles((*_spoken_by(own, outer), *_naming(outer)))


def _spoken_by(steps: Steps, outer: Steps) -> Steps:
    """Whoever says "I" and "we" is the one whom the statement around is by."""
    if not outer or not outer[0]:
        return steps
    return tuple(tuple(outer[0][0] if one.speaking else one for one in step) for step in steps)


def _naming(outer: Steps) -> Steps:
    """The carriers that a statement around adds: those who are pointed at."""
    kept = [tuple(one for one in step if one.link.status is not LinkStatus.UNSPECIFIED) for step in outer]
    return tuple(step for step in kept if step)


def _without_doubles(steps: Sequence[tuple[Resolved, ...]]) -> Steps:
    """Each one once, where they come first, by the fullest words: "US officials said they believed"."""
    words: dict[object, Resolved] = {}
    for one in (one for step in steps for one in step):
        before = words.get(_who(one))
        if before is None or (_is_pronoun(before) and not _is_pronoun(one)):
            words[_who(one)] = one
    kept: list[tuple[Resolved, ...]] = []
    for step in steps:
        fresh = tuple(words.pop(_who(one)) for one in step if _who(one) in words)
        if fresh:
            kept.append(fresh)
    return tuple(kept)


def _who(one: Resolved) -> object:
    if one.member is not None and one.member.shown:
        return id(one.member)
    before = one.link.antecedent
    return (before.text, before.start) if before else (one.link.as_named, one.link.start)


def _is_pronoun(one: Resolved) -> bool:
    return (one.link.as_named or "").lower() in PRONOUNS


def _own_chains(article: Article, proposals: Sequence[Proposed], registry: Lookup, page: Page) -> list[Steps]:
    """The chain that each proposal names itself."""
    if article.doc is None:
        return [_unread(article, proposed) for proposed in proposals]
    found = _Walk(page, registry, _unread_zones(article)).resolve(proposals)
    return [
        tuple(tuple(found[place, step, at] for at in range(len(mentions))) for step, mentions in enumerate(one.sources))
        or _unspecified(one)
        for place, one in enumerate(proposals)
    ]


def _unread_zones(article: Article) -> Stretches:
    """Words of a picture's credit, another article or the site: whoever is named there is not in the story."""
    unread = (ZoneKind.CREDIT, ZoneKind.TEASER, ZoneKind.BOILERPLATE)
    return Stretches(sorted((zone.start, zone.end) for zone in article.zones if zone.kind in unread))


def _unspecified(proposed: Proposed) -> Steps:
    if proposed.continues is not None or proposed.rule == absences.RULE:
        return ()
    return ((Resolved(Link(None, None, LinkStatus.UNSPECIFIED), None, 0.85),),)


def _unread(article: Article, proposed: Proposed) -> Steps:
    """Without a grammar the words of each mention stand for themselves."""
    if not proposed.sources:
        return _unspecified(proposed)
    return tuple(tuple(_as_printed(article, mention) for mention in step) for step in proposed.sources)


def _as_printed(article: Article, mention: Mention) -> Resolved:
    words = article.text[mention.span.start : mention.span.end]
    named = words[:1].isupper() and len(words.split()) < 6
    status = LinkStatus.RESOLVED if named else LinkStatus.UNRESOLVED
    link = Link(words, words if named else None, status, mention.span.start, mention.span.end, manner=mention.manner)
    return Resolved(link, None, 0.4)


@dataclass(frozen=True, slots=True, order=True)
class _Event:
    """Something that the walk comes upon: a mention to resolve, or somebody who merely appears."""

    start: int
    rank: int
    key: tuple[int, int, int] = field(default=(0, 0, 0))
    appearance: Appearance | None = field(default=None, compare=False)


class _Walk:
    """One walk over the text, from the first word to the last, with the cast as it fills."""

    def __init__(self, page: Page, registry: Lookup, unread: Stretches) -> None:
        self._page = page
        self._seen = list(appearances(page, unread))
        names = [
            (one.wording.end, one.wording.name) for one in self._seen if one.wording.name and not one.wording.several
        ]
        letters = letters_of(bracketed_letters(page.text), names)
        self._cast = Cast(registry, letters, fullest([name for _, name in names]))
        self._members: dict[int, Member] = {}

    def resolve(self, proposals: Sequence[Proposed]) -> dict[tuple[int, int, int], Resolved]:
        """Every mention of every proposal, by the places of proposal, step and mention."""
        mentions = dict(_mentions(proposals))
        taken = bytearray(len(self._page.words) + 1)
        for mention in mentions.values():
            first, last = self._page.within(mention.span.start, mention.span.end)
            taken[first:last] = b"\1" * (last - first)
        asked = sorted(_Event(mention.span.start, 1, key) for key, mention in mentions.items())
        merely = (
            _Event(one.wording.start, 0, appearance=one) for one in self._seen if not any(taken[one.first : one.last])
        )
        found: dict[tuple[int, int, int], Resolved] = {}
        for event in merge(merely, asked):
            if event.appearance is not None:
                self._appear(event.appearance)
            else:
                found[event.key] = self._resolve(proposals[event.key[0]], mentions[event.key])
        return found

    def _resolve(self, proposed: Proposed, mention: Mention) -> Resolved:
        inside = (proposed.content.start, proposed.content.end)
        listens = self._listens(proposed, mention)
        stop = proposed.cue.start if proposed.cue else None
        resolved = resolve_mention(self._page, mention, self._cast, self._members, inside, stop=stop, acts=not listens)
        first, last = self._page.within(mention.span.start, mention.span.end)
        if resolved.member is not None and first < len(self._page.words):
            if not listens:
                resolved.member.spoke = self._page.words[first].sentence
            self._members.update(dict.fromkeys(range(first, last), resolved.member))
        return resolved

    def _listens(self, proposed: Proposed, mention: Mention) -> bool:
        """Whether a mention is whom something was told, not one who speaks."""
        place = told(self._page, proposed.cue) if proposed.cue else None
        first, last = self._page.within(mention.span.start, mention.span.end)
        return place is not None and first <= place < last

    def _appear(self, one: Appearance) -> None:
        sentence = self._page.words[one.first].sentence
        span = Span.of(self._page.text, one.wording.start, one.wording.end)
        one = replace(one, wording=self._cast.as_name(one.wording, span.text))
        member = self._stands_for(one, sentence)
        if member is None and one.wording.form is Form.PRONOUN:
            return
        if (named := self._set_apart(one)) is not None:
            named.learn(one.wording)
            self._members.update(dict.fromkeys(range(one.first, one.last), named))
            return
        if member is None:
            member = self._cast.enter(one.wording, span, sentence, subject=one.subject, quoted=one.quoted)
        else:
            self._cast.seen(member, span, sentence, subject=one.subject, quoted=one.quoted)
        self._members.update(dict.fromkeys(range(one.first, one.last), member))

    def _set_apart(self, one: Appearance) -> Member | None:
        """Whom words describe that a comma sets apart behind a name: "Rights Desk, a group that keeps records"."""
        words = self._page.words
        if one.first < 2 or words[one.first - 1].text != "," or words[one.first].low not in ("a", "an"):
            return None
        before = self._members.get(one.first - 2)
        if before is None or before.name is None or before.known is not None:
            return None
        fits = one.wording.being in (Being.PERSON, Being.BODY) and one.wording.form is Form.DESCRIPTION
        return before if fits else None

    def _stands_for(self, one: Appearance, sentence: int) -> Member | None:
        """Whom words that merely appear go on about, so that it is still clear later who was spoken of last."""
        nowhere = (one.wording.start, one.wording.start)
        if one.wording.form is Form.PRONOUN:
            found = of_pronoun(self._cast, one.wording, one.wording.start, sentence, nowhere)
        elif one.wording.form is Form.DESCRIPTION and one.wording.definite:
            found = of_description(self._cast, one.wording, one.wording.start, sentence, nowhere)
        else:
            return None
        return found.member if found and found.confidence >= 0.5 else None


def _mentions(proposals: Sequence[Proposed]) -> Iterator[tuple[tuple[int, int, int], Mention]]:
    for place, proposed in enumerate(proposals):
        for step, several in enumerate(proposed.sources):
            for at, mention in enumerate(several):
                yield (place, step, at), mention
