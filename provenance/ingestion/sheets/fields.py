"""What a column of a sheet may hold, and by which headings people call it.

A heading is compared by its words, in lower case and without accents, so ``Source chain`` and ``source_chain`` are one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from provenance.storage.words import fold
from provenance.vocabulary import Term


class SheetField(Term):
    """What a column of a sheet holds."""

    ID = "id", "What the sheet calls the row; it is repeated in the answer and kept in the claim's note."
    EVENT = "event", "The event: its id, or its title; one that is not held is opened."
    EVENT_TITLE = "event_title", "The event's title, where the event is given by a word of yours, or not at all."
    CLAIM_TEXT = "claim_text", "The claim, in a sentence that stands alone. The only column that must be there."
    CLAIM_KIND = "claim_kind", "What it asserts: figure, event, responsibility, quotation, absence, prediction, other."
    TALLY = "tally", "What is counted, in a few words; figures of one tally stand in one ledger."
    MEASURE = "measure", "Killed, injured, detained …"
    COUNTED = "counted", "Who is counted."
    PLACE = "place", "Where it is counted."
    PERIOD = "period", "Over what period it is counted."
    FIGURE = "figure", "The figure as printed: 'dozens', 'at least eight', '8'."
    VALUE = "value", "The number printed, where the figure's words are not given."
    LOW = "low", "The least that the words allow."
    HIGH = "high", "The most that the words allow."
    QUALIFIER = "qualifier", "exact, at_least, more_than, about, up_to, fewer_than, range, vague …"
    UNIT = "unit", "What the number is of, where not people."
    AS_OF = "as_of", "The moment that the figure is given for, as printed."
    PUBLISHER = "publisher", "Who published the document: a name or an id."
    URL = "url", "Where the document was found."
    TITLE = "title", "The document's title."
    PUBLISHED = "published", "When it was published."
    LANGUAGE = "language", "The document's language, such as en or ru."
    AUTHOR = "author", "Who signed the document."
    QUOTE = "quote", "The document's words, exactly."
    CHAIN = "chain", "Through whom it came, origin first: Interior Ministry > Khabar 24 > Tass."
    ORIGIN = "origin", "Who said it first, where the chain stands in two columns."
    CARRIER = "carrier", "Who relayed it to the publisher, where the chain stands in two columns."
    STANCE = "stance", "asserts, denies, questions, retracts or mentions."
    HEDGE = "hedge", "Words that weaken it."
    NOTE = "note", "What a reader must know."
    STATE = "state", "accepted or proposed, where rows differ."


# The value of each field is a heading of it by itself.
HEADINGS: Mapping[SheetField, tuple[str, ...]] = {
    SheetField.ID: ("row id", "claim id", "vclaim id", "key", "nr", "no", "номер", "№"),
    SheetField.EVENT: ("incident", "story", "événement", "ereignis", "evento", "acontecimiento", "событие", "подія"),
    SheetField.EVENT_TITLE: ("event name", "title of event", "название события"),
    SheetField.CLAIM_TEXT: (
        "claim",
        "text",
        "statement",
        "assertion",
        "verified claim",
        "vclaim",
        "claim reviewed",
        "affirmation",
        "allégation",
        "behauptung",
        "aussage",
        "afirmación",
        "afirmação",
        "affermazione",
        "утверждение",
        "заявление",
        "твердження",
        "текст",
    ),
    SheetField.CLAIM_KIND: ("kind", "type", "claim type", "type of claim", "kind of claim", "art", "tipo", "тип"),
    SheetField.TALLY: ("count of", "what is counted", "zählung", "подсчет"),
    SheetField.MEASURE: ("category of harm", "harm", "outcome", "mesure", "medida", "показатель"),
    SheetField.COUNTED: ("who is counted", "population", "victims", "who", "victimes", "opfer", "víctimas", "кто"),
    SheetField.PLACE: ("where", "location", "city", "lieu", "ort", "lugar", "luogo", "место", "місце"),
    SheetField.PERIOD: ("time period", "période", "zeitraum", "periodo", "período", "период"),
    SheetField.FIGURE: (
        "figure text",
        "figure as printed",
        "figure printed",
        "number as printed",
        "toll",
        "chiffre",
        "zahl",
        "cifra",
        "número",
        "цифра",
        "число",
    ),
    SheetField.VALUE: ("number", "amount", "count", "total", "valeur", "wert", "valor", "значение", "количество"),
    SheetField.LOW: ("minimum", "min", "lowest", "lower bound", "at least", "mínimo", "минимум"),
    SheetField.HIGH: ("maximum", "max", "highest", "upper bound", "at most", "máximo", "максимум"),
    SheetField.QUALIFIER: ("qualification", "modifier"),
    SheetField.UNIT: ("unit of measure", "unité", "einheit", "unidad", "unidade", "единица"),
    SheetField.AS_OF: ("as at", "given for", "stand", "по состоянию на"),
    SheetField.PUBLISHER: (
        "outlet",
        "published by",
        "newspaper",
        "media",
        "medium",
        "site",
        "éditeur",
        "média",
        "herausgeber",
        "medio",
        "editor",
        "издание",
        "издатель",
        "сми",
        "видання",
    ),
    SheetField.URL: ("link", "address", "source url", "document url", "lien", "enlace", "ссылка", "адрес", "посилання"),
    SheetField.TITLE: (
        "headline",
        "document title",
        "article title",
        "titre",
        "titel",
        "título",
        "titolo",
        "заголовок",
    ),
    SheetField.PUBLISHED: (
        "date",
        "published at",
        "published on",
        "published date",
        "publication date",
        "date published",
        "date of publication",
        "datum",
        "fecha",
        "data",
        "дата",
        "дата публикации",
    ),
    SheetField.LANGUAGE: ("lang", "langue", "sprache", "idioma", "lingua", "язык", "мова"),
    SheetField.AUTHOR: ("byline", "written by", "auteur", "autor", "autore", "автор"),
    SheetField.QUOTE: ("quotation", "exact words", "excerpt", "citation", "zitat", "cita", "citação", "цитата"),
    SheetField.CHAIN: (
        "source chain",
        "sources",
        "source",
        "attribution",
        "via",
        "quelle",
        "fuente",
        "fonte",
        "источник",
    ),
    SheetField.ORIGIN: ("original source", "said by", "speaker", "origine", "ursprung", "origen", "первоисточник"),
    SheetField.CARRIER: ("carriers", "relayed by", "carried by", "agency", "agence", "agentur", "agencia", "агентство"),
    SheetField.STANCE: ("position", "haltung", "postura", "позиция"),
    SheetField.HEDGE: ("hedging", "caveat", "оговорка"),
    SheetField.NOTE: ("notes", "comment", "comments", "remark", "remarque", "bemerkung", "nota", "примечание"),
    SheetField.STATE: ("status", "review state", "état", "zustand", "estado", "состояние"),
}


def field_called(heading: str) -> SheetField | None:
    """The field that people call so; None for words that we do not know.

    >>> field_called("Published date").value, field_called("Ссылка").value
    ('published', 'url')
    >>> field_called("Weather") is None
    True
    """
    return _fields().get(fold(heading))


@lru_cache
def _fields() -> dict[str, SheetField]:
    known = {fold(name): field for field in SheetField for name in HEADINGS[field]}
    return known | {fold(field.value): field for field in SheetField}
