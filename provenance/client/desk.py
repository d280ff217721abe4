"""What a desk keeps about its own work."""

from __future__ import annotations

from typing import Unpack

from provenance import answers_desk
from provenance.client import asked, given
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, deletes, gets, patches, posts


class Desk(Resource[S]):
    """The claims on the desk, and what to do next."""

    @lists("/v1/desk", answers_desk.DeskEntry)
    def list(self, **asked: Unpack[asked.DeskAsked]) -> None:
        """The claims on the desk."""

    @lists("/v1/desk/tasks", answers_desk.DeskTask)
    def tasks(self, **asked: Unpack[asked.TasksAsked]) -> None:
        """What to do next, with what it clears."""

    @gets("/v1/claims/{claim_id}/desk", answers_desk.ClaimDesk)
    def of_claim(self, claim: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """What the desk keeps about one claim."""

    @patches("/v1/claims/{claim_id}/desk", answers_desk.ClaimDesk)
    def put_on(self, claim: str, /, *, etag: str | None = None, **given: Unpack[given.DeskItemChange]) -> None:
        """Put a claim on the desk, or change what the desk does with it."""

    @deletes("/v1/claims/{claim_id}/desk")
    def take_off(self, claim: str, /, *, etag: str | None = None) -> None:
        """Take a claim off the desk."""

    @posts("/v1/claims/{claim_id}/notes", answers_desk.NoteItem)
    def add_note(self, claim: str, /, **given: Unpack[given.DeskNoteCreate]) -> None:
        """Note something about a claim."""

    @posts("/v1/claims/{claim_id}/contacts", answers_desk.ContactItem)
    def log_contact(self, claim: str, /, **given: Unpack[given.ContactCreate]) -> None:
        """Log whom the desk asked, and what came of it."""


class Notes(Resource[S]):
    """Notes about claims, one by one."""

    @gets("/v1/notes/{note_id}", answers_desk.NoteItem)
    def get(self, note: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One note."""

    @patches("/v1/notes/{note_id}", answers_desk.NoteItem)
    def change(self, note: str, /, *, etag: str | None = None, **given: Unpack[given.DeskNoteChange]) -> None:
        """Change the fields that are given."""

    @deletes("/v1/notes/{note_id}")
    def retire(self, note: str, /, *, etag: str | None = None) -> None:
        """It holds no longer."""


class Contacts(Resource[S]):
    """Whom the desk asked, one by one."""

    @gets("/v1/contacts/{contact_id}", answers_desk.ContactItem)
    def get(self, contact: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One contact."""

    @patches("/v1/contacts/{contact_id}", answers_desk.ContactItem)
    def change(self, contact: str, /, *, etag: str | None = None, **given: Unpack[given.ContactChange]) -> None:
        """Change the fields that are given."""

    @deletes("/v1/contacts/{contact_id}")
    def retire(self, contact: str, /, *, etag: str | None = None) -> None:
        """It holds no longer."""


class Watches(Resource[S]):
    """What people want to hear about."""

    @lists("/v1/watches", answers_desk.WatchItem)
    def list(self, **asked: Unpack[asked.WatchesAsked]) -> None:
        """Watches."""

    @gets("/v1/watches/{watch_id}", answers_desk.WatchItem)
    def get(self, watch: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One watch."""

    @posts("/v1/watches", answers_desk.WatchItem)
    def create(self, **given: Unpack[given.WatchCreate]) -> None:
        """Start to watch."""

    @deletes("/v1/watches/{watch_id}")
    def retire(self, watch: str, /, *, etag: str | None = None) -> None:
        """Watch no longer."""


class OwnCorrections(Resource[S]):
    """What the desk corrected in what it published itself."""

    @lists("/v1/own-corrections", answers_desk.OwnCorrectionItem)
    def list(self, **asked: Unpack[asked.OwnCorrectionsAsked]) -> None:
        """The desk's own corrections."""

    @gets("/v1/own-corrections/{own_correction_id}", answers_desk.OwnCorrectionItem)
    def get(self, correction: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One of them."""

    @posts("/v1/own-corrections", answers_desk.OwnCorrectionItem)
    def create(self, **given: Unpack[given.OwnCorrectionCreate]) -> None:
        """Say what was wrong in what the desk published."""

    @patches("/v1/own-corrections/{own_correction_id}", answers_desk.OwnCorrectionItem)
    def change(
        self, correction: str, /, *, etag: str | None = None, **given: Unpack[given.OwnCorrectionChange]
    ) -> None:
        """Change the fields that are given."""

    @deletes("/v1/own-corrections/{own_correction_id}")
    def retire(self, correction: str, /, *, etag: str | None = None) -> None:
        """It holds no longer."""
