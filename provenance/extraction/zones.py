"""What each stretch of an article is: headline, dateline, paragraph, caption, or what stands on every page of a site.

Zones go first: a picture's credit names no source of the article, and a link to another article makes no claim. The
words by which a line shows what it is are data; what only its shape and neighbours show is decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from provenance.extraction.datelines import dateline_end, is_dateline
from provenance.extraction.pieces import Piece, pieces_of
from provenance.extraction.reading import Zone
from provenance.extraction.zone_words import credit_start, matches
from provenance.vocabulary import ZoneKind

LONGEST_HEADLINE, LONGEST_DECK, LONGEST_SUBHEADING, LONGEST_CAPTION = 180, 300, 100, 300
LONGEST_CREDIT = 120
MOST_HEADLINE_WORDS, MOST_SUBHEADING_WORDS = 28, 15
# Behind more lines than these nobody prints a date and an author any more.
HEAD_LINES = 8
# From so many short lines on it is a list, a poem or a menu, and none of them heads a part of the text.
FEWEST_LISTED = 3

_ENDS_SENTENCE = re.compile(r"[.!?…;,:。！？؟۔।][\"'”’»)\]]*\Z")
_SECOND_SENTENCE = re.compile(r"[^\s.]{3,}[.!?][\"'”’)]*\s+[\"'“‘(]?[A-ZÀ-ÞА-Я]")
# The plain past of an opening paragraph; headlines stand in the present and leave the day out.
_TELLS = re.compile(r"\b(said|told|according to|on (mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
_NO_TITLE = re.compile(r"[\W_]*\Z|[-–—*•·▪●○■►>]\s|\(?\d{1,3}[.)]\s|[\"“„«]")

HEAD = {ZoneKind.HEADLINE, ZoneKind.SUBHEADING, ZoneKind.DATELINE, ZoneKind.CREDIT, ZoneKind.CAPTION}


def find_zones(text: str) -> tuple[Zone, ...]:
    r"""The zones of a text in their order; together they cover all that is not blank, and none overlap.

    A text of one line is running text, however short it is.

    >>> text = "Riots in Almaty\n\nALMATY, Jan 6 (Tass) - Dozens were hurt, police said.\n\n(Photo: dpa)"
    >>> [(str(zone.kind), text[zone.start : zone.end]) for zone in find_zones(text)]
    [('headline', 'Riots in Almaty'), ('dateline', 'ALMATY, Jan 6 (Tass) -'),
     ('body', 'Dozens were hurt, police said.'), ('credit', '(Photo: dpa)')]
    """
    pieces = pieces_of(text)
    kinds = _by_words(pieces)
    _mark_captions(pieces, kinds)
    _mark_teasers_under_their_heading(pieces, kinds)
    _mark_head(pieces, kinds)
    _mark_subheadings(pieces, kinds)
    return tuple(_cut(pieces, kinds))


def _by_words(pieces: list[Piece]) -> list[ZoneKind | None]:
    """What a line's own words say it is; None where they say nothing."""
    return [_by_its_words(piece.text) for piece in pieces]


def _by_its_words(line: str) -> ZoneKind | None:
    if len(line) > LONGEST_CAPTION:
        return None
    if not any(map(str.isalnum, line)):
        return ZoneKind.BOILERPLATE
    for kind in (ZoneKind.CAPTION, ZoneKind.CREDIT, ZoneKind.TEASER, ZoneKind.BOILERPLATE):
        if matches(kind, line) and (kind is not ZoneKind.CREDIT or len(line) <= LONGEST_CREDIT):
            return kind
    return ZoneKind.CAPTION if credit_start(line) else None


def _mark_captions(pieces: list[Piece], kinds: list[ZoneKind | None]) -> None:
    """A short paragraph above a credit is its caption, and a title above that belongs to the picture too.

    The last paragraph that is left is the article and no caption, whatever stands below it.
    """
    paragraphs = sum(kind is None and _is_paragraph(piece.text) for piece, kind in zip(pieces, kinds, strict=True))
    for at, kind in enumerate(kinds):
        above = at - 1
        if kind is not ZoneKind.CREDIT or above < 1 or kinds[above] is not None or not _could_caption(pieces[above]):
            continue
        if _is_paragraph(pieces[above].text):
            if paragraphs == 1:
                continue
            paragraphs -= 1
        kinds[above] = ZoneKind.CAPTION
        if above > 1 and kinds[above - 1] is None and _is_title(pieces[above - 1]):
            kinds[above - 1] = ZoneKind.CAPTION


def _could_caption(piece: Piece) -> bool:
    return len(piece.text) <= LONGEST_CAPTION and not piece.text.startswith(("“", '"', "„", "«"))


def _mark_teasers_under_their_heading(pieces: list[Piece], kinds: list[ZoneKind | None]) -> None:
    """Below "Related articles" each line that is no sentence is a link, up to the next paragraph."""
    listing = False
    for at, piece in enumerate(pieces):
        if kinds[at] is ZoneKind.TEASER and matches(ZoneKind.TEASER, piece.text, heading=True):
            listing = True
        elif listing and kinds[at] is None and _is_short(piece.text) and not _ENDS_SENTENCE.search(piece.text):
            kinds[at] = ZoneKind.TEASER
        elif kinds[at] is not ZoneKind.TEASER:
            listing = False


def _mark_head(pieces: list[Piece], kinds: list[ZoneKind | None]) -> None:
    """The headline, the deck below it, and lines with dates and authors, up to the first paragraph."""
    first = next((at for at, kind in enumerate(kinds) if kind in (None, ZoneKind.CAPTION)), None)
    if first is None or kinds[first] is not None:
        return
    after = next((at for at in range(first + 1, len(pieces)) if kinds[at] is None), None)
    if is_dateline(pieces[first].text):
        kinds[first] = ZoneKind.DATELINE
    elif after is not None and _is_headline(pieces[first], pieces[after], kinds, pieces):
        kinds[first] = ZoneKind.HEADLINE
        _mark_deck(pieces, kinds, first + 1)
    for at in range(first + 1, min(len(pieces), first + HEAD_LINES)):
        if kinds[at] in (None, ZoneKind.BOILERPLATE) and is_dateline(pieces[at].text):
            kinds[at] = ZoneKind.DATELINE
        if kinds[at] is None and not _is_title(pieces[at]):
            break


def _is_headline(piece: Piece, after: Piece, kinds: list[ZoneKind | None], pieces: list[Piece]) -> bool:
    line = piece.text
    if len(line) > LONGEST_HEADLINE or len(line.split()) > MOST_HEADLINE_WORDS or _NO_TITLE.match(line) is not None:
        return _is_quoting_headline(piece, after)
    if not _ENDS_SENTENCE.search(line):
        return any(_is_paragraph(pieces[at].text) for at in range(len(pieces)) if kinds[at] is None)
    if line.endswith((",", ":")) or not (after.apart or line.endswith(";")) or not _is_paragraph(after.text):
        return False
    return _is_capitalised(line) or (_TELLS.search(line) is None and not _goes_on_after_its_sentence(line))


def _is_capitalised(line: str) -> bool:
    """Whether It Is Written Like This, as no sentence of running text is."""
    long = [word for word in re.findall(r"[^\W\d_]+", line) if len(word) >= 4]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.75 * len(long)


def _goes_on_after_its_sentence(line: str) -> bool:
    return len(line.split()) > MOST_SUBHEADING_WORDS and _SECOND_SENTENCE.search(line) is not None


def _is_quoting_headline(piece: Piece, after: Piece) -> bool:
    """A quotation heads a text where it does not end as a sentence does: “Dozens eliminated” in Almaty."""
    line = piece.text
    quoted = line.startswith(("“", '"', "„", "«")) and len(line) <= LONGEST_HEADLINE
    return quoted and not _ENDS_SENTENCE.search(line) and after.apart and _is_paragraph(after.text)


def _mark_deck(pieces: list[Piece], kinds: list[ZoneKind | None], at: int) -> None:
    """What stands directly below the headline, when a blank line parts it from what follows."""
    if at + 1 >= len(pieces) or kinds[at] is not None or is_dateline(pieces[at].text):
        return
    close = not pieces[at].apart and pieces[at + 1].apart and len(pieces[at].text) <= LONGEST_DECK
    if close or (_is_title(pieces[at]) and _is_paragraph(pieces[at + 1].text)):
        kinds[at] = ZoneKind.SUBHEADING


def _mark_subheadings(pieces: list[Piece], kinds: list[ZoneKind | None]) -> None:
    """A title heads a part of the text where text follows, and not one more line of a list."""
    titles = [kinds[at] is None and _is_title(piece) for at, piece in enumerate(pieces)]
    run = 0
    for at, title in enumerate(titles):
        run = run + 1 if title else 0
        if not title or at == 0 or at + 1 == len(pieces) or titles[at + 1] or run >= FEWEST_LISTED:
            continue
        if kinds[at + 1] in (None, ZoneKind.CAPTION):
            kinds[at] = ZoneKind.SUBHEADING
            if run == 2 and at > 1:
                kinds[at - 1] = ZoneKind.SUBHEADING


def _is_title(piece: Piece) -> bool:
    """Whether a line stands apart and is no sentence."""
    line = piece.text
    if not piece.apart or not _is_short(line) or _NO_TITLE.match(line) or not any(map(str.isalpha, line)):
        return False
    shouted = line.isupper() and len(line.split()) <= 4
    return shouted or not _ENDS_SENTENCE.search(line)


def _is_short(line: str) -> bool:
    return len(line) <= LONGEST_SUBHEADING and len(line.split()) <= MOST_SUBHEADING_WORDS


def _is_paragraph(line: str) -> bool:
    return _ENDS_SENTENCE.search(line) is not None or len(line) > LONGEST_HEADLINE


def _cut(pieces: list[Piece], kinds: list[ZoneKind | None]) -> Iterator[Zone]:
    """A zone for each piece; a dateline is cut off the first paragraph, and a credit off the end of a caption."""
    before_text = True
    for piece, kind in zip(pieces, kinds, strict=True):
        start, end = piece.start, piece.end
        if kind is None and before_text:
            before_text = False
            if length := dateline_end(piece.text):
                yield Zone(ZoneKind.DATELINE, start, start + len(piece.text[:length].rstrip()))
                start += length
        if kind in (None, ZoneKind.CAPTION) and (credit := credit_start(piece.text)) and piece.start + credit > start:
            short = len(piece.text) <= LONGEST_CAPTION
            words = piece.text[start - piece.start : credit]
            yield Zone(ZoneKind.CAPTION if short else ZoneKind.BODY, start, start + len(words.rstrip()))
            start, kind = piece.start + credit, ZoneKind.CREDIT
        yield Zone(kind or ZoneKind.BODY, start, end)
