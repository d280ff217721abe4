"""Every table, in an order in which rows can be written: whatever a row refers to comes before it."""

from __future__ import annotations

from sqlmodel import SQLModel

from provenance.storage.access import AccessKey, Audience, BrowserSession, Redaction, TakenRequest
from provenance.storage.claim import Claim
from provenance.storage.correction import Correction, Ruling
from provenance.storage.desk import Contact, DeskItem, DeskNote, OwnCorrection, Watch
from provenance.storage.document import Document, DocumentRelation
from provenance.storage.event import Coverage, Event, SourceInterest, Tally
from provenance.storage.figure import Figure
from provenance.storage.history import History
from provenance.storage.hook import Hook, HookMessage, HookSecret
from provenance.storage.intake import ColumnMapping, FetchedPage, IngestionItem, IngestionRun, TextSketch
from provenance.storage.merge import Merge
from provenance.storage.proposal import ArchivedCopy, Blob, Decision
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.review import Evidence, Review, ReviewEvidence, ReviewPage, Verification
from provenance.storage.source import Source, SourceName, Tie
from provenance.storage.standing import Flag, FlaggedFigure, Standing

FACTS: tuple[type[Record], ...] = (
    Event,
    Coverage,
    Source,
    SourceName,
    SourceInterest,
    Document,
    DocumentRelation,
    Tie,
    Tally,
    Claim,
    Report,
    Attribution,
    Figure,
    Evidence,
    Verification,
    Correction,
    Ruling,
    ReviewPage,
    Review,
    ReviewEvidence,
    Merge,
    Decision,
    ArchivedCopy,
    DeskItem,
    DeskNote,
    Contact,
    Watch,
    OwnCorrection,
    Hook,
    Audience,
    Redaction,
)
INTAKE: tuple[type[SQLModel], ...] = (IngestionRun, IngestionItem, FetchedPage, ColumnMapping, TextSketch)
# Letters on their way; neither history nor export holds them.
POST: tuple[type[SQLModel], ...] = (HookSecret, HookMessage)
# Who may come in; neither history nor export holds them.
ACCESS: tuple[type[SQLModel], ...] = (AccessKey, BrowserSession, TakenRequest)
ALL: tuple[type[SQLModel], ...] = (Blob, *FACTS, Standing, Flag, FlaggedFigure, History, *INTAKE, *POST, *ACCESS)
