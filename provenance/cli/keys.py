"""The commands around keys: who may come in. A key is shown once, alone on stdout, so that a script can take it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened, validated
from provenance.cli.output import note, print_document, show, show_unbroken
from provenance.cli.visible import visible
from provenance.errors import InvalidInput
from provenance.vocabulary import Role

if TYPE_CHECKING:
    from provenance.answers_access import KeyItem

WHO = "the command line"

group = typer.Typer(
    help="Who may come in: the keys that readers, contributors, editors and admins send with what they ask.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(group, name="key")


@group.command()
def create(
    context: typer.Context,
    role: Annotated[Role, typer.Option("--role", help="What its bearer may do; each may all that those before may.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Whose it is; the history names them.")],
    expires: Annotated[
        str | None,
        typer.Option(
            metavar="WHEN", help="From when on it opens nothing: a day such as 2027-01-01 (in UTC), or 30d from now."
        ),
    ] = None,
    per_minute: Annotated[
        int | None, typer.Option("--per-minute", metavar="N", help="How many requests a minute it may make.")
    ] = None,
    same_person: Annotated[
        bool, typer.Option("--same-person", help="It is for the person who bears the name already, or did.")
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Make a key, and show it this once: KEY=$(provenance key create --role editor --name Ana)."""
    from provenance.storage.access import KeyCreate
    from provenance.storage.managing_keys import make_key

    given = {
        "name": name,
        "role": role,
        "expires_at": _moment(expires),
        "per_minute": per_minute,
        "same_person": same_person,
    }
    wanted = validated(KeyCreate, {**given, "same_person": same_person})
    with opened(database_url(context, database)) as engine:
        made = make_key(engine, wanted, WHO)
    if as_json:
        print_document(made.told.model_dump_json())
        return
    note(f"Made: {_told(made.item)}. Send it as `Authorization: Bearer …`; it is not shown again:")
    show_unbroken(made.text)


@group.command("list")
def list_keys(
    context: typer.Context,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Only those of this owner.")] = None,
    role: Annotated[Role | None, typer.Option(help="Only those of this role.")] = None,
    good: Annotated[
        bool | None, typer.Option("--good/--no-good", help="Only those that open something now, or only the others.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many, newest first.")] = 50,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """List the keys: whose, what for, who made them, until when, when last used; secrets are not kept."""
    from provenance.storage.reads.access import keys
    from provenance.storage.reads.asked_access import KeysAsked
    from provenance.storage.session import reading

    asked = validated(KeysAsked, {"name": name, "role": role, "good": good, "limit": limit})
    with opened(database_url(context, database)) as engine, reading(engine) as session:
        page = keys(session, asked)
    if as_json:
        print_document(page.model_dump_json())
        return
    for item in page.items:
        show(f"{_told(visible(item))}; {_life(item)}")
    if not page.items:
        note("There is no such key. Make one with: provenance key create --role editor --name NAME")
    elif page.next:
        note(f"There are more than these {limit}; ask for more with --limit.")


@group.command()
def revoke(
    context: typer.Context,
    key: Annotated[str | None, typer.Argument(metavar="KEY", help="Id of the key: key_…, as `list` shows it.")] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Instead: all keys of this owner.")] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take a key back, or all that somebody has: they open nothing from now on, nor does a browser."""
    from provenance.answers import Page
    from provenance.storage.managing_keys import take_back, take_back_all_of
    from provenance.storage.reads.access import good_keys
    from provenance.storage.session import reading

    if (key is None) == (name is None):
        raise InvalidInput("Say which key, by its id; or --name, for all keys of somebody.")
    with opened(database_url(context, database)) as engine:
        if name is not None:
            taken = take_back_all_of(engine, name, WHO)
        else:
            taken = [take_back(engine, _id(key or ""), WHO, last_admin=True)]
        with reading(engine) as session:
            managed = good_keys(session, Role.ADMIN)
    if as_json:
        print_document(Page(items=taken, next=None).model_dump_json())
    for item in taken:
        note(f"Revoked: {_told(item)}.")
    if not managed:
        note("Nobody can manage keys over HTTP now. Make one with: provenance key create --role admin --name NAME")


SPAN = re.compile(r"([1-9][0-9]{0,4})d")


def _moment(given: str | None) -> datetime | None:
    """When a key is to expire, as an instant.

    >>> _moment("2027-01-01").isoformat()
    '2027-01-01T00:00:00+00:00'
    """
    if given is None:
        return None
    span = SPAN.fullmatch(given.strip())
    try:
        if span is not None:
            return datetime.now(UTC) + timedelta(days=int(span[1]))
        moment = datetime.fromisoformat(given.strip())
    except (ValueError, OverflowError) as unreadable:
        raise InvalidInput(
            f"--expires: '{given}' is no day. Write 2027-01-01, or 30d for 30 days from now.", field="expires"
        ) from unreadable
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _id(given: str) -> str:
    # Whoever still has the key itself may name it by that; its secret part is dropped before anything is said of it.
    return f"key_{given.split('_')[1]}" if re.fullmatch(r"prv_[^_]+_.*", given, re.DOTALL) else given


def _told(key: KeyItem) -> str:
    return f"{key.id}, {key.role} {key.name}"


def _life(key: KeyItem) -> str:
    parts = [f"made {key.created_at:%Y-%m-%d} by {key.created_by}"]
    if key.revoked_at is not None:
        parts.append(f"revoked {key.revoked_at:%Y-%m-%d %H:%M}")
    elif key.expires_at is not None:
        parts.append(f"{'expires' if key.good else 'expired'} {key.expires_at:%Y-%m-%d %H:%M}")
    if key.per_minute is not None:
        parts.append(f"{key.per_minute:,} requests a minute")
    parts.append("never used" if key.last_used_at is None else f"last used {key.last_used_at:%Y-%m-%d %H:%M}")
    return ", ".join(parts)
