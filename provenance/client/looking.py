"""What is asked of the whole database: words, known claims, its history, its terms, and how the server is."""

from __future__ import annotations

from typing import Unpack

from provenance import answers, answers_history, answers_match, answers_server
from provenance.client import asked, given
from provenance.client.files import downloads
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, gets, posts

GLOSSARY = list[answers_server.Vocabulary]


class Finding(Resource[S]):
    """Records by words."""

    @gets("/v1/search", answers.SearchAnswer)
    def search(self, **asked: Unpack[asked.EverythingAsked]) -> None:
        """Records of each kind in which all words occur."""

    @posts("/v1/match", answers.Page[answers_match.MatchItem])
    def match(self, **given: Unpack[given.MatchAsked]) -> None:
        """Claims that a sentence may be, ranked, each with the reasons."""


class History(Resource[S]):
    """Who changed which record, when and why."""

    @lists("/v1/history", answers_history.HistoryItem)
    def list(self, **asked: Unpack[asked.HistoryAsked]) -> None:
        """All changes."""

    @lists("/v1/{noun}/{record_id}/history", answers_history.HistoryItem)
    def of(self, noun: str, record: str, /, **asked: Unpack[asked.HistoryOfRecordAsked]) -> None:
        """The changes of one record, such as ``("claims", "clm_…")``."""

    @gets("/v1/history/{change_id}", answers_history.ChangeDetail)
    def get(self, change: str, /, **asked: Unpack[asked.ReadChangeAsked]) -> None:
        """One change, field by field."""

    @posts("/v1/history/{change_id}/undo", answers_history.ChangeDetail)
    def undo(self, change: str, /, **given: Unpack[given.UndoCreate]) -> None:
        """Undo a change by another one."""


class Server(Resource[S]):
    """The server itself."""

    @gets("/v1", answers_server.Entrance)
    def entrance(self) -> None:
        """Where to begin."""

    @gets("/v1/vocabulary", GLOSSARY)
    def vocabulary(self) -> None:
        """Every term and its meaning."""

    @gets("/healthz", answers_server.Health)
    def up(self) -> None:
        """Whether the process answers."""

    @gets("/readyz", answers_server.Health)
    def ready(self) -> None:
        """Whether the database does too."""

    @downloads("/metrics")
    def metrics(self) -> None:
        """The server's figures, as Prometheus reads them."""
