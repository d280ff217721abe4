"""Everything that can be asked of a server, by noun; the same for both clients."""

from __future__ import annotations

from typing import Generic

from provenance.client.claims import Claims, Documents, Figures, Reports
from provenance.client.deciding import Corrections, Evidence, Reviews, Rulings
from provenance.client.desk import Contacts, Desk, Notes, OwnCorrections, Watches
from provenance.client.events import Events, Flags, Tallies
from provenance.client.exchange import Exchange, Hooks
from provenance.client.intake import Intake, Sheets
from provenance.client.keys import Keys
from provenance.client.looking import Finding, History, Server
from provenance.client.operation import S
from provenance.client.questions import Questions
from provenance.client.sources import Interests, Names, Sources, Ties
from provenance.client.withholding import Redactions, Visibility


class Nouns(Generic[S]):
    """The nouns, through one sender."""

    def __init__(self, sender: S) -> None:
        self._sender = sender
        self.ask = Questions(sender)
        self.claims = Claims(sender)
        self.figures = Figures(sender)
        self.reports = Reports(sender)
        self.documents = Documents(sender)
        self.sources = Sources(sender)
        self.names = Names(sender)
        self.ties = Ties(sender)
        self.interests = Interests(sender)
        self.events = Events(sender)
        self.tallies = Tallies(sender)
        self.flags = Flags(sender)
        self.reviews = Reviews(sender)
        self.evidence = Evidence(sender)
        self.corrections = Corrections(sender)
        self.rulings = Rulings(sender)
        self.desk = Desk(sender)
        self.notes = Notes(sender)
        self.contacts = Contacts(sender)
        self.watches = Watches(sender)
        self.own_corrections = OwnCorrections(sender)
        self.intake = Intake(sender)
        self.sheets = Sheets(sender)
        self.exchange = Exchange(sender)
        self.hooks = Hooks(sender)
        self.find = Finding(sender)
        self.history = History(sender)
        self.keys = Keys(sender)
        self.visibility = Visibility(sender)
        self.redactions = Redactions(sender)
        self.server = Server(sender)
