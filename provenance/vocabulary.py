"""The language of the project: every term that may stand in a table, a JSON key's value or a test.

A word is settled here, with one sentence that says what it means and, where it could be confused, what it does
not mean. Tables store the word itself; the API's glossary and ``docs/vocabulary.md`` are made from this file.
"""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A word of the language with its meaning; it is the plain string wherever a string is wanted."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Term:
        term = str.__new__(cls, value)
        term._value_ = value
        term.meaning = meaning
        return term


class SourceKind(Term):
    """Who can speak or publish."""

    PERSON = "person", "One identified human being who speaks for themselves or holds an office."
    SPOKESPERSON = "spokesperson", "Someone who speaks for an office, named or known by that office alone."
    GOVERNMENT_BODY = "government_body", "A ministry, prosecutor, presidency, parliament or other organ of a state."
    POLICE = "police", "A police force or one of its departments."
    MILITARY = "military", "An army, national guard or other armed force."
    NEWS_AGENCY = "news_agency", "An organisation whose reports are meant to be carried by other outlets."
    BROADCASTER = "broadcaster", "A television or radio station."
    NEWSPAPER = "newspaper", "A newspaper or news magazine, in print or online."
    WEBSITE = "website", "A news site, blog or aggregator."
    CHANNEL = "channel", "An account or channel on a platform such as Telegram or X; the platform does not control it."
    INTERNATIONAL_BODY = "international_body", "An organisation of states, such as the United Nations."
    NGO = "ngo", "A non-governmental organisation."
    COMPANY = "company", "A commercial enterprise that is not an outlet."
    WITNESS = "witness", "An identified person who was there and saw or heard it."
    UNNAMED = "unnamed", "Words such as 'the authorities' or 'experts' that identify nobody; nobody is counted."
    COLLECTIVE = "collective", "Words such as 'media reports' that stand for several unknown carriers."

    @property
    def carries(self) -> bool:
        """Whether such a source relays by trade: it is never promoted to the origin of what it prints."""
        return self in CARRIER_KINDS

    @property
    def placeholder(self) -> bool:
        """Whether the words identify nobody, so that two uses of them are two different nodes."""
        return self in (SourceKind.UNNAMED, SourceKind.COLLECTIVE)


CARRIER_KINDS = frozenset(
    {
        SourceKind.NEWS_AGENCY,
        SourceKind.BROADCASTER,
        SourceKind.NEWSPAPER,
        SourceKind.WEBSITE,
        SourceKind.CHANNEL,
    }
)


class NameKind(Term):
    """How a name belongs to a source."""

    PRIMARY = "primary", "The name that this database shows; a source has exactly one."
    ALIAS = "alias", "Another name or spelling in use, in any language and script."
    MISTAKEN = "mistaken", "A misspelling or mistranslation that was printed; it helps matching and is not a name."


class TieKind(Term):
    """What one source is to another; read it as 'source TIE other'."""

    SPEAKS_FOR = "speaks_for", "The source's public words are the other's."
    PART_OF = "part_of", "The source is a unit of the other."
    OWNED_BY = "owned_by", "The other owns the source."
    CONTROLLED_BY = "controlled_by", "The other directs the source without owning it."
    EXAMINED_NO_TIE = "examined_no_tie", "Somebody looked for a tie, found none, and signed it; it joins nobody."


class Basis(Term):
    """What a statement about the world of sources rests on."""

    CITED = "cited", "A reference that a reader can open is given."
    COMMONLY_KNOWN = "commonly_known", "General knowledge that nobody has checked here."


class Interest(Term):
    """What a source has at stake in an event."""

    PARTY = "party", "It takes part in the event itself or answers for those who do."
    ALIGNED = "aligned", "It is allied with or controlled by a party to the event."


class DatePrecision(Term):
    """How exactly an instant is known; the stored interval is as wide as this says."""

    SECOND = "second", "Known to the second."
    MINUTE = "minute", "Known to the minute."
    DAY = "day", "Only the calendar day is known; it is read as the day in UTC."
    MONTH = "month", "Only the month is known."
    YEAR = "year", "Only the year is known."
    UNKNOWN = "unknown", "Nothing is known; that is not 'now'."


class DateBasis(Term):
    """Where a publication date was read."""

    PRINTED = "printed", "It stands on the page."
    IN_URL = "in_url", "It stands in the address."
    INDEX = "index", "It stands in the date field of an index or feed that lists the page."
    INFERRED = "inferred", "Somebody concluded it from the content."
    UNKNOWN = "unknown", "Nobody has said where it comes from."


class DocumentRelationKind(Term):
    """How one document's text depends on another's."""

    SUPERSEDES = "supersedes", "Changed text under the same address."
    COPY_OF = "copy_of", "The same text, wholly or mostly."
    TRANSLATION_OF = "translation_of", "The same text in another language."
    REWRITE_OF = "rewrite_of", "The same account in other words."


class RelationState(Term):
    """How sure a relation between documents is."""

    SUSPECTED = "suspected", "Somebody or something proposes it; it is never counted."
    CONFIRMED = "confirmed", "An editor has accepted it."


class ClaimKind(Term):
    """What a claim asserts."""

    FIGURE = "figure", "How many, how much."
    EVENT = "event", "That something happened."
    RESPONSIBILITY = "responsibility", "Who did it."
    QUOTATION = "quotation", "That somebody said something, in these words."
    ABSENCE = "absence", "That there is none, or no information; it is never the number 0."
    PREDICTION = "prediction", "What will happen."
    OTHER = "other", "None of these."


class Stance(Term):
    """What a report does with the claim."""

    ASSERTS = "asserts", "It states the claim, in its own voice or by quoting."
    DENIES = "denies", "It says or carries that the claim is false."
    QUESTIONS = "questions", "It casts doubt on the claim."
    RETRACTS = "retracts", "It takes back, or carries that somebody takes back, the claim."
    MENTIONS = "mentions", "It speaks of the claim without asserting it."


class ReportState(Term):
    """Whether a person stands behind the reading of a document."""

    PROPOSED = "proposed", "A machine or a contributor proposes it; it counts for nothing yet."
    ACCEPTED = "accepted", "A person has accepted it."
    REJECTED = "rejected", "A person has refused it."


class Manner(Term):
    """How the downstream source relays the upstream one, by the words of the page."""

    SAID = "said", "Said, in public or unspecified."
    TOLD = "told", "Said to the downstream source directly."
    QUOTED = "quoted", "The downstream source gives the words."
    CITED = "cited", "The downstream source refers to it."
    ACCORDING_TO = "according_to", "According to."
    ANNOUNCED = "announced", "Announced."
    CONFIRMED = "confirmed", "Confirmed."
    DENIED = "denied", "Denied."
    POSTED = "posted", "Posted on a channel or platform."
    PUBLISHED = "published", "Printed or released."
    REPORTED = "reported", "Reported as news."
    VIA = "via", "Reached the downstream source in a way that the page does not say."


class HopBasis(Term):
    """On what the upstream source of a hop itself rests."""

    WITNESSED = "witnessed", "It was there."
    TOLD = "told", "Somebody told it."
    COMPILED = "compiled", "It counted from records."
    INDUCED = "induced", "It concluded from several cases."
    DEDUCED = "deduced", "It concluded from a rule."
    MATERIAL = "material", "It rests on material such as a video or a court file."
    UNKNOWN = "unknown", "The page does not say."


class Capacity(Term):
    """In what role the upstream source of a hop speaks."""

    OFFICIAL = "official", "For its office."
    PERSONAL = "personal", "For itself."
    AGAINST_INTEREST = "against_interest", "Against what it stands to gain."


class HopMark(Term):
    """Who says that a hop exists."""

    STATED = "stated", "The page says so."
    INFERRED = "inferred", "An editor concluded it."


class Qualifier(Term):
    """What the printed words make of the number."""

    EXACT = "exact", "The number itself."
    AT_LEAST = "at_least", "The number or more."
    MORE_THAN = "more_than", "More than the number."
    ABOUT = "about", "Near the number, on either side."
    UP_TO = "up_to", "The number or fewer."
    FEWER_THAN = "fewer_than", "Fewer than the number."
    RANGE = "range", "Between two printed numbers."
    VAGUE = "vague", "A word such as 'dozens', read under a named policy."
    UNREADABLE = "unreadable", "A figure is printed and we could not read it; that is not 'none given'."
    NOT_GIVEN = "not_given", "The page says that no number is given."


class CorrectionKind(Term):
    """What somebody did to an earlier statement."""

    RETRACTION = "retraction", "The originator or a carrier takes it back."
    CORRECTION = "correction", "The originator or a carrier replaces it."
    DENIAL = "denial", "Somebody says that it is false."
    DISAVOWAL = "disavowal", "The source it was ascribed to says that it never said so."
    SUPERSESSION = "supersession", "A later statement of the same series takes its place."

    @property
    def withdraws(self) -> bool:
        """Whether it cuts the hop; denials and disavowals only dispute."""
        return self in (CorrectionKind.RETRACTION, CorrectionKind.CORRECTION)


class RulingKind(Term):
    """What an editor decided."""

    RANGE = "range", "Which range this desk uses for a tally."
    CUT = "cut", "That a hop supports nothing."
    ZOMBIE = "zombie", "Whether a report repeats a claim after its withdrawal without saying so."


class Mergeable(Term):
    """What can turn out to be one where two were recorded."""

    CLAIM = "claim", "Two wordings of one assertion."
    SOURCE = "source", "Two rows for one who speaks or publishes."


class Presence(Term):
    """Whether a document was published by a moment, as far as its date tells."""

    CERTAIN = "certain", "The latest instant that its date may mean is not after the moment."
    POSSIBLE = "possible", "Its date is too coarse to tell, or not known."


class Withdrawn(Term):
    """What can be withdrawn or distrusted, so that paths break."""

    CLAIM = "claim", "The claim itself, so that nothing supports it."
    DOCUMENT = "document", "A document, with all that it states."
    REPORT = "report", "One statement of one claim by one document."
    SOURCE = "source", "A source, wherever it stands on a path."
    HOP = "hop", "What one source is said to have from another."


class EvidenceKind(Term):
    """Material that does not speak."""

    VIDEO = "video", "Moving pictures; one filming origin however many post it."
    IMAGE = "image", "A photograph."
    SATELLITE = "satellite", "A picture from above."
    LIST = "list", "A list of names or cases."
    COURT_FILE = "court_file", "A file of a court or prosecutor."
    OTHER = "other", "Other material."


class Visibility(Term):
    """Who may see a row."""

    PUBLIC = "public", "Everybody."
    DESK = "desk", "Those who work here."
    NAMED = "named", "Named people only."


class Role(Term):
    """What the bearer of a key may do; each may all that those before may."""

    READER = "reader", "Reads what everybody may see, also where reading needs a key."
    CONTRIBUTOR = "contributor", "Works at the desk: sees what is for the desk, takes articles in, proposes."
    EDITOR = "editor", "Accepts, states, corrects, merges, rules and reviews."
    ADMIN = "admin", "Manages keys, redacts, and takes everything along."

    def includes(self, other: Role) -> bool:
        """Whether this role may do what the other may.

        >>> Role.EDITOR.includes(Role.CONTRIBUTOR), Role.READER.includes(Role.CONTRIBUTOR)
        (True, False)
        """
        order = list(Role)
        return order.index(self) >= order.index(other)

    @property
    def one(self) -> str:
        """One who has it, in a sentence.

        >>> Role.READER.one, Role.ADMIN.one
        ('a reader', 'an admin')
        """
        return f"{'an' if self[0] in 'ae' else 'a'} {self}"


class OriginClass(Term):
    """What the first node of a declared path is."""

    NAMED = "named", "An identified person or body that speaks."
    FIRST_HAND = "first_hand", "An identified witness, or the document's own observation."
    COMPILED = "compiled", "A count made from records."
    MATERIAL = "material", "Material that does not speak; established once it was examined."
    ANONYMOUS_VOUCHED = "anonymous_vouched", "Nobody is named, and an outlet says why it trusts them."
    UNNAMED = "unnamed", "Words that identify nobody."
    COLLECTIVE = "collective", "Several unknown carriers."
    NOT_STATED = "not_stated", "The page names nobody, or only a carrier: a carrier is never promoted to origin."

    @property
    def establishable(self) -> bool:
        """Whether such an origin can count towards independence at all."""
        return self in (OriginClass.NAMED, OriginClass.FIRST_HAND, OriginClass.COMPILED, OriginClass.MATERIAL)


class Verdict(Term):
    """How independent a claim's origins are; it says nothing about truth."""

    ESTABLISHED = "established", "Two or more parties, and each pair was examined and signed as not tied."
    UNEXAMINED = "unexamined", "Two or more parties, and nobody has examined whether they are tied."
    SINGLE = "single", "One party, however many repeat it."
    NOT_ESTABLISHED = "not_established", "No origin that can be established."


class ClaimStatus(Term):
    """Where a claim stands in the record of corrections."""

    STANDING = "standing", "Nobody has taken it back or denied it, in what is held."
    SUPERSEDED = "superseded", "A later statement of the same series took its place."
    CORRECTED = "corrected", "It was replaced by whoever made it."
    RETRACTED = "retracted", "It was taken back by whoever made or carried it first."
    DENIED = "denied", "The source it is ascribed to denies or disowns it."
    DISPUTED = "disputed", "Somebody else says that it is false."


class FigureStatus(Term):
    """Where a figure stands in the ledger of a tally: what was done to its claim, or else what other accounts say."""

    STANDING = "standing", "Nobody has taken it back or denied it, and no other account contradicts it."
    SUPERSEDED = "superseded", "Somebody said that a later statement of the same series took its place."
    CORRECTED = "corrected", "It was replaced by whoever made it."
    CONTRADICTED = "contradicted", "It stands, and so does a comparable figure of another account that excludes it."
    RETRACTED = "retracted", "It was taken back by whoever made or carried it first."
    DENIED = "denied", "The source it is ascribed to denies or disowns it."
    DISPUTED = "disputed", "Somebody else says that it is false."


class PointDate(Term):
    """By which date a figure stands in a series."""

    GIVEN_FOR = "given_for", "The moment that the figure says it is given for."
    SAID = "said", "When it was first said, as far as a page tells."
    PUBLISHED = "published", "When the first document that gives it was published."
    UNKNOWN = "unknown", "None of these is known."


class Relation(Term):
    """How another account of the same thing stands to a claim."""

    AGREEING = "agreeing", "Comparable, and the same interval."
    COMPATIBLE = "compatible", "Comparable, and the intervals overlap."
    CONFLICTING = "conflicting", "Comparable, and the intervals are disjoint under every policy."
    UPDATE = "update", "One is a later and larger state of the same growing count, or was said to replace the other."
    NOT_COMPARABLE = "not_comparable", "They differ in what is counted, so the numbers say nothing of each other."
    UNKNOWN = "unknown", "Something that would decide it is missing."


class DriftField(Term):
    """In what two reports of one claim can differ."""

    FIGURE = "figure", "The number, or the word that stands for one."
    QUALIFIER = "qualifier", "What the printed words make of the same number."
    UNIT = "unit", "What the number is a number of, such as money or a share."
    MEASURE = "measure", "What is counted: the killed, the injured, the recognised victims."
    COUNTED = "counted", "Who is counted."
    PLACE = "place", "Where."
    AS_OF = "as_of", "For what moment or period the figure is given."
    SOURCE = "source", "Who is said to have said it."
    WORDING = "wording", "The words that are quoted."
    HEADLINE = "headline", "What stands above a text, against the text."
    MERGED = "merged", "How many statements it is said to be."


class DriftKind(Term):
    """What became of something that was repeated; it says that the two differ, never which of them is right."""

    TRANSPOSED_DIGITS = "transposed_digits", "Two neighbouring digits changed places: 317 and 137."
    MAGNITUDE = "magnitude", "Another order of size: 20 thousand and 20, dozens and hundreds."
    ROUNDING = "rounding", "A rounded number that the first one allows: 353 and more than 350."
    NUMBER = "number", "Another number, in no way that has a name of its own."
    QUALIFIER_DROPPED = "qualifier_dropped", "The same number without the words that qualified it."
    QUALIFIER_ADDED = "qualifier_added", "The same number with words that qualify it, where there were none."
    QUALIFIER_CHANGED = "qualifier_changed", "The same number with other qualifying words."
    UNIT = "unit", "A number of something else, such as a share instead of a count."
    MEASURE = "measure", "Something else is counted: the eliminated and the immobilised."
    POPULATION = "population", "Others are counted: attackers and demonstrators."
    PLACE = "place", "Another place, or a wider or narrower one."
    PERIOD = "period", "Another moment or period; one instant on two clocks is not one."
    SOURCE_ORGANISATION = "source_organisation", "Somebody of another organisation is said to have said it."
    SOURCE_TITLE = "source_title", "Another speaker of the same organisation is said to have said it."
    SOURCE_GENDER = "source_gender", "A woman became a man, or a man a woman."
    SOURCE_NAME = "source_name", "The letters of the name stand in another order."
    SOURCE_LOST = "source_lost", "Somebody who was named became words that identify nobody."
    MERGED_STATEMENTS = "merged_statements", "What one said is credited to several, as if all had said it."
    WORDING = "wording", "Other words are quoted."


class Sureness(Term):
    """How sure it is that two reports differ; never how likely either of them is to be right."""

    CERTAIN = "certain", "Both were read alike, and the first was certainly out before the other, or is its own text."
    LIKELY = "likely", "The same, but their dates overlap, or an editor has put the words of two languages into one."
    POSSIBLE = "possible", "The words are in two languages, or more reports have the later reading than the first one."


class ComparedWith(Term):
    """What a report, or its headline, is compared with."""

    UPSTREAM = "upstream", "The report of the nearest source in its own chain whose document is held."
    EARLIEST = "earliest", "The claim's earliest certain report that says anything about it, whichever its origin."
    BODY = "body", "The text below the same headline."


class ZoneKind(Term):
    """What a stretch of an article is; only what is read as the article's own text carries its claims."""

    HEADLINE = "headline", "What stands above the whole text."
    SUBHEADING = "subheading", "What stands above a part of it."
    DATELINE = "dateline", "Place, date or agency in front of the first sentence."
    BODY = "body", "The running text."
    CAPTION = "caption", "Words that belong to a picture."
    CREDIT = "credit", "Whose picture it is; a link of provenance for the picture alone."
    TEASER = "teaser", "An invitation to read another article."
    BOILERPLATE = "boilerplate", "What stands on every page of the site."


class LinkStatus(Term):
    """Whether it is known who is meant by a link of a chain that was read from a text."""

    RESOLVED = "resolved", "The words lead to one source: a name, or words that stand for a name given elsewhere."
    UNRESOLVED = "unresolved", "The text points at somebody, and we cannot tell at whom: 'the official', 'experts'."
    UNSPECIFIED = "unspecified", "The text points at nobody: 'reportedly', 'it was said that'."


class FigureKind(Term):
    """What a number in a text is; only some of them count."""

    COUNT = "count", "How many people or things."
    PERCENT = "percent", "A share of a hundred."
    MONEY = "money", "An amount in a currency."
    FRACTION = "fraction", "A share in words or with a stroke: 'two thirds'."
    RATIO = "ratio", "How many times as much: 'doubled'."
    ORDINAL = "ordinal", "A place in an order: 'the third night'."
    RANK = "rank", "A place in a ranking: '155th out of 180'."
    MEASUREMENT = "measurement", "A length, weight, speed or other physical quantity."
    DURATION = "duration", "How long: 'for hours'."
    AGE = "age", "How old somebody is."


class TimeBasis(Term):
    """How an instant was read from words in a text."""

    ABSOLUTE = "absolute", "The words name it fully."
    RELATIVE = "relative", "The words are read from the day of publication: 'on Thursday', 'last night'."
    AMBIGUOUS = "ambiguous", "More than one reading is possible; the interval covers them all."
    UNANCHORED = "unanchored", "The words are relative and the day of publication is not known."


class Decided(Term):
    """What a person decided about a proposal."""

    ACCEPT = "accept", "It is a right reading of the document, as it was proposed or after it was edited."
    REJECT = "reject", "It is no right reading; it stays, marked as refused."
    EDIT = "edit", "Something in it was put right, and it was not accepted yet."
    MERGE = "merge", "It states a claim that is known already."
    SPLIT = "split", "It states several claims, each of which became a proposal of its own."


class AnnotationOutcome(Term):
    """What became of one annotation."""

    PROPOSED = "proposed", "A report was proposed, which counts for nothing until somebody accepts it."
    KNOWN = "known", "The same report is held already, accepted, proposed or rejected; nothing changed."
    REFUSED = "refused", "It cannot be told which document, words or claim it is about; nothing was written of it."


class TakenIn(Term):
    """What became of one thing that was to be taken in."""

    ADDED = "added", "It is held now."
    KNOWN = "known", "The same content was held already."
    CHANGED = "changed", "Its text differs from what was held under its address; both are kept."
    FAILED = "failed", "It could not be read; the reason says why."


class ReviewTaken(Term):
    """What became of a review in markup that was sent."""

    CREATED = "created", "It was not held, and is now."
    CHANGED = "changed", "It was held and said something else."
    UNCHANGED = "unchanged", "It is held as it is."
    REFUSED = "refused", "It could not be taken in; the reason says why."


class Received(Term):
    """What became of one record of a document that another program wrote."""

    ADDED = "added", "It is held now."
    PROPOSED = "proposed", "It is proposed, and counts for nothing until somebody accepts it."
    KNOWN = "known", "It was held already, and was not changed."
    LEFT = "left", "There is no place for it here, or a person must decide about it; the reason says which."


class Sameness(Term):
    """Whether a sentence says what a known claim says; a proposal for an editor, never a decision."""

    LIKELY = "likely", "Much of the wording is shared and nothing that was compared differs."
    POSSIBLE = "possible", "Some wording or a field is shared, and what was compared does not settle it."
    DIFFERENT = "different", "Something compared rules it out, or too little is shared: perhaps another account."


class MatchField(Term):
    """In what a sentence and a known claim are compared."""

    QUANTITY = "quantity", "The interval that a figure asserts, for the same measure."
    MEASURE = "measure", "What is counted: the killed, the injured, the detained."
    COUNTED = "counted", "Who is counted."
    PLACE = "place", "Where."
    DATE = "date", "When it happened."
    EVENT = "event", "The event that it is about."
    POLARITY = "polarity", "Whether it is asserted or denied; a denial speaks of the same claim."
    CHAIN = "chain", "Through whom it came; another way is another account of the same claim."


class Agreement(Term):
    """What a comparison of one field gives."""

    AGREE = "agree", "Both say the same, or what both say can be true at once of the same thing."
    DIFFER = "differ", "Both say something, and not the same."
    UNKNOWN = "unknown", "One of them does not say, or the words do not settle it."


class DeskState(Term):
    """How far a desk is with checking a claim; it says nothing of what the check will find."""

    TO_CHECK = "to_check", "It is to be checked, and nobody has begun."
    IN_PROGRESS = "in_progress", "Somebody is checking it."
    SECOND_EYE = "second_eye", "It was checked, and a second person is to look at it."
    READY = "ready", "It may be published as it is."
    PUBLISHED = "published", "What this desk found was published."


class ContactMeans(Term):
    """How somebody was asked about a claim."""

    PHONE = "phone", "By telephone."
    MAIL = "mail", "By letter or e-mail."
    IN_PERSON = "in_person", "Face to face."
    MESSAGE = "message", "By a message on a platform or a text message."
    OTHER = "other", "In another way, which the words tell."


class ContactOutcome(Term):
    """What came of asking somebody; an answer is not yet evidence."""

    NO_REPLY = "no_reply", "Nobody answered, so far."
    ANSWERED = "answered", "They answered; the words tell what."
    DECLINED = "declined", "They said that they would not answer."
    PROMISED = "promised", "They said that they would answer later."


class DeskAct(Term):
    """What somebody would do to clear flags; each names the kind of work, never what it will show."""

    FIND_ORIGIN = "find_origin", "Find a report that goes back to somebody else."
    FIND_NEARER = "find_nearer", "Find a document nearer to whoever said it first."
    REVIEW = "review", "Review the figure on recorded evidence."
    ASK = "ask", "Ask a source, or find the page on which it says so."
    EXAMINE_TIE = "examine_tie", "Look for a tie between two sources, and record it or sign that there is none."
    CITE_TIE = "cite_tie", "Find a reference for a tie that is only commonly known."
    HOLD_TEXT = "hold_text", "Archive the text of a document, and mark the words that state the claim."
    COMPARE = "compare", "Compare what two accounts count, or two texts of one page."
    DECIDE = "decide", "Decide as an editor, and sign it."
    READ_AGAIN = "read_again", "Read the pages again, and put right what was recorded of them."
    DOUBT = "doubt", "Nothing, unless what is recorded turns out to be wrong."


class Happening(Term):
    """What somebody can ask to be told over HTTP when it happens."""

    FLAG_RAISED = "flag_raised", "A rule found something about a claim that it had not found before."
    CORRECTION_ARRIVED = (
        "correction_arrived",
        "A retraction, correction, denial, disavowal or supersession was recorded.",
    )
    TEST = "test", "Somebody asked for a message to see whether it arrives; nothing happened to any claim."
