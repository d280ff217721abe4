"""The proposer by rules: every frame is tried where one of its words stands, and what overlaps is resolved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.article import Article, Mention, Proposed
from provenance.extraction.attribution.amounts import of_amount
from provenance.extraction.attribution.anaphors import of_anaphor
from provenance.extraction.attribution.beside import with_relays
from provenance.extraction.attribution.continuation import continued
from provenance.extraction.attribution.cues import Cues, Family, cues
from provenance.extraction.attribution.found import Found, Step, Stretch
from provenance.extraction.attribution.labels import of_label
from provenance.extraction.attribution.nouns import of_compilation, of_count, of_hearsay, of_noun, of_sign
from provenance.extraction.attribution.page import Page, page_of
from provenance.extraction.attribution.passives import of_passive
from provenance.extraction.attribution.phrases import parallel
from provenance.extraction.attribution.prepositions import according_to, as_reported, how_reported
from provenance.extraction.attribution.quoting import of_quoting
from provenance.extraction.attribution.relays import chained
from provenance.extraction.attribution.rows import with_rows
from provenance.extraction.attribution.verbs import of_taken_for_noun, of_verb
from provenance.extraction.reading import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


class RuleProposer:
    """Finds attributions by cues and the frames they stand in.

    ``families`` are those that it looks for; all by default. Without belief, plan and semblance it keeps to what
    somebody uttered or published. A rule's name begins with its family: "rules.speech.clause".
    """

    name = "rules"

    def __init__(self, families: frozenset[Family] = frozenset(Family)) -> None:
        self.families = families

    def propose(self, article: Article) -> list[Proposed]:
        """The attributed statements, in the order of the text; none where the text has no grammar.

        >>> from provenance.extraction.parsing import parse
        >>> text = "Shops were stormed, Khabar 24 quoted the Interior Ministry, as reported by the agency Tass."
        >>> [one] = RuleProposer().propose(Article(text=text, zones=(), language="en", doc=parse(text)))
        >>> one.content.text
        'Shops were stormed'
        >>> [mention.span.text for step in one.sources for mention in step]
        ['the Interior Ministry', 'Khabar 24', 'the agency Tass']
        """
        if article.doc is None:
            return []
        page, known = page_of(article, article.doc), cues()
        alone = [with_relays(page, one, known) for one in _found(page, known) if one.family in self.families]
        whole = with_rows(page, alone, known) if Family.SPEECH in self.families else alone
        found = sorted(continued(page, chained(page, whole)), key=lambda one: (one.hull, one.anchor))
        places = {one.anchor: place for place, one in enumerate(found)}
        return [_proposed(article, page, one, places) for one in found]


def _found(page: Page, known: Cues) -> Iterator[Found]:
    nouns = known.words("nouns") | known.words("noun_beliefs") | known.words("noun_infinitives")
    hearsay = known.words("hearsay")
    for start, end in page.paragraphs:
        yield from of_label(page, (start, end))
        yield from of_anaphor(page, (start, end), known)
        for token in page.doc[start:end]:
            match token.pos_:
                case "VERB" | "AUX":
                    if uses := known.verbs.get(token.lemma_.lower()):
                        yield from of_verb(page, token, uses)
                    yield from of_passive(page, token, known)
                    yield from of_amount(page, token, known)
                    if token.lemma_ in known.words("taken"):
                        yield from of_sign(page, token, known)
                    if token.lemma_ in ("quote", "cite"):
                        yield from of_quoting(page, token, known)
                case "NOUN":
                    if token.lemma_ in nouns:
                        yield from of_noun(page, token, known)
                    if token.dep_ == "ROOT" and (uses := known.verbs.get(token.lemma_.lower())):
                        yield from of_taken_for_noun(page, token, uses)
            match token.lower_:
                case "according":
                    yield from according_to(page, token)
                case "as":
                    yield from as_reported(page, token, known)
                case "how":
                    yield from how_reported(page, token, known)
                case "in":
                    yield from of_compilation(page, token, known)
                    yield from of_count(page, token, known)
                case word if word in hearsay:
                    yield from of_hearsay(page, token, known)


def _proposed(article: Article, page: Page, one: Found, places: dict[int, int]) -> Proposed:
    doc = page.doc
    parts = tuple(_places(doc, stretch) for stretch in one.content)
    speaker = one.stands_for or one.source
    named = (((speaker,), one.manner),) if speaker else ()
    return Proposed(
        content=Span.of(article.text, parts[0][0], parts[-1][1]),
        cue=_span(article, doc, one.cue),
        source=_span(article, doc, one.source),
        sources=tuple(_step(article, page, step) for step in (*one.origins, *named, *one.carriers)),
        rule=f"{RuleProposer.name}.{one.rule}",
        confidence=round(one.confidence, 3),
        stance=one.stance,
        hedge=one.hedge,
        parts=parts if len(parts) > 1 else (),
        continues=places.get(one.continues) if one.continues is not None else None,
    )


def _step(article: Article, page: Page, step: Step) -> tuple[Mention, ...]:
    stretches, manner = step
    mentions = [part for stretch in stretches for part in parallel(page, stretch)]
    return tuple(Mention(Span.of(article.text, *_places(page.doc, part)), manner) for part in mentions)


def _places(doc: Doc, stretch: Stretch) -> tuple[int, int]:
    last = doc[stretch[1] - 1]
    return doc[stretch[0]].idx, last.idx + len(last)


def _span(article: Article, doc: Doc, stretch: Stretch | None) -> Span | None:
    return None if stretch is None else Span.of(article.text, *_places(doc, stretch))
