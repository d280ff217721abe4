"""Takes a person's name out of everything, with all that is derived from it; or only tells what that would take."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.analysis.naming_alike import Hints
from provenance.analysis.recording import trying
from provenance.analysis.standing import compute
from provenance.answers_redaction import Redacted, RedactedPlace
from provenance.blanking import FEWEST, Names, letters
from provenance.errors import Conflict, InvalidInput
from provenance.storage.history import change_id
from provenance.storage.reads.redactions import Person, namesakes, ordinary_uses, person, searched_again
from provenance.storage.redacting import PEOPLE, RedactionCreate
from provenance.storage.writes.redacting import Taken, changed_records, redact
from provenance.storage.writes.searching import index
from provenance.storage.writes.sweeping import purge_index, sweep
from provenance.storage.writes.writer import Writer

REMAINING = (
    "Backups, whole copies and exports that were made before still hold the name, and so may the logs of servers and "
    "whoever fetched a feed, a page or a message of a hook: remove the backups and copies, or restore each and redact "
    "there, too, and make a new backup now. Articles that are taken in later bring the name back where they say it."
)


def redacted_for_good(engine: Engine, who: str, asked: RedactionCreate) -> Redacted:
    """As `redacted`; then overwrites what was freed in the files of the database, too."""
    answer = redacted(engine, who, asked)
    if asked.dry_run:
        return answer
    freed = {"search_entry", "standing", "flag", "source_name", *(place.table for place in answer.places)}
    return answer.model_copy(update={"swept": sweep(engine, freed)})


def redacted(engine: Engine, who: str, asked: RedactionCreate) -> Redacted:
    """Redact a person as an admin asks for it; a dry run does all of it, tells more, and takes it back.

    No row says the name afterwards; pages of the database's files that were freed still may.

    :raises NotFound: if there is no such source.
    :raises InvalidInput: if it is no person, or a name is no name.
    :raises Conflict: if nothing is left of the name.
    """
    with trying(engine, who, None, asked.dry_run) as writer:
        found = person(writer.session, asked.source)
        names = _names(writer.session, found, asked)
        writer.why = names.blank(asked.why).text
        hints = Hints(names) if asked.dry_run else None
        others = namesakes(writer.session, names, found)
        taken = redact(writer, names, found.key, found.public_id, hints)
        _follow(writer, taken)
        answer = _answer(writer, asked, found, taken, others)
        if hints is not None:
            answer = answer.model_copy(
                update={"names": hints.tried(), "parts": hints.parts(), "spellings": hints.spellings()}
            )
    return answer


def _names(session: Session, found: Person, asked: RedactionCreate) -> Names:
    if found.kind not in PEOPLE:
        raise InvalidInput(
            f"source: '{found.public_id}' is a {found.kind.replace('_', ' ')}, and only people are redacted: "
            f"{', '.join(sorted(PEOPLE))}. If it is one, change its kind first.",
            field="source",
        )
    for name in asked.also:
        if letters(name) < FEWEST:
            raise InvalidInput(f"also: '{name[:40]}' has fewer than two letters. Give a whole name.", field="also")
    for name in asked.keep:
        if name not in found.names:
            raise InvalidInput(f"keep: the person is not held under '{name[:100]}'. Leave it out.", field="keep")
    own = [name for name in found.names if name not in asked.keep]
    for name in own:
        if name not in asked.also:
            _require_a_name(session, name)
    names = Names([*own, *asked.also])
    if not names:
        raise Conflict(
            f"Nothing is left of the name of '{found.public_id}'. To take out other spellings of it, give them in "
            "`also`."
        )
    return names


def _require_a_name(session: Session, name: str) -> None:
    """Refuse a single word that texts use in lower case: taking out "resident" everywhere would hide nobody."""
    if name.isalpha() and name != name.swapcase():
        lower, capital = ordinary_uses(session, name)
        if lower > capital:
            raise InvalidInput(
                f"source: '{name}' is an ordinary word, which texts have {lower} times in lower case. Name it in "
                "`keep` if it is to stay there, or in `also` if it is to go all the same.",
                field="source",
            )


def _follow(writer: Writer, taken: Taken) -> None:
    """Bring the search index, and what is derived, up to what the records say now."""
    session = writer.session
    for row in changed_records(session, taken):
        writer.concerned.add(row)
    index(session, *searched_again(session, taken.changed))
    purge_index(session.connection())
    compute(session, taken.claims)


def _answer(writer: Writer, asked: RedactionCreate, found: Person, taken: Taken, others: Sequence[str]) -> Redacted:
    done = None if asked.dry_run else taken.tombstone
    places = sorted((table, column, texts) for (table, column), texts in taken.texts.items() if texts)
    return Redacted(
        dry_run=asked.dry_run,
        redaction=None if done is None else done.public_id,
        change=None if done is None else change_id(writer.at),
        source=found.public_id,
        texts=taken.places,
        entries=len(taken.sealed),
        claims=len(taken.claims),
        copies_removed=taken.copies_removed,
        places=[RedactedPlace(table=table, column=column, texts=texts) for table, column, texts in places],
        samples=list(taken.samples),
        names=[],
        parts=[],
        spellings=[],
        namesakes=list(others),
        swept=None,
        remaining=REMAINING,
    )
