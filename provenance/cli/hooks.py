"""The commands around hooks: who is told over HTTP, and the sending of what is due."""

from __future__ import annotations

from contextlib import suppress
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, configured, database_url, opened, validated
from provenance.cli.output import note, print_document, print_values, show, show_unbroken
from provenance.cli.visible import visible
from provenance.errors import InvalidInput
from provenance.vocabulary import Happening

if TYPE_CHECKING:
    from rich.console import RenderableType
    from sqlalchemy import Engine

    from provenance.answers_hooks import HookItem
    from provenance.exchange.hooks.delivering import Deliverer
    from provenance.exchange.hooks.lanes import Round

WHO = "the command line"

group = typer.Typer(
    help="Who is told over HTTP when a flag is raised or a correction arrives.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(group, name="hooks")
    app.command()(deliver)


@group.command("list")
def list_hooks(context: typer.Context, database: Database = None, as_json: AsJson = False) -> None:
    """List who is told of what, and how many messages wait for each; keys are never listed."""
    from provenance.storage.reads.asked_hooks import HooksAsked
    from provenance.storage.reads.hooks import hooks
    from provenance.storage.session import reading

    with opened(database_url(context, database)) as engine, reading(engine) as session:
        page = hooks(session, HooksAsked(limit=200))
    if as_json:
        print_document(page.model_dump_json(by_alias=True))
        return
    for item in page.items:
        show(_shown(visible(item)))
    if not page.items:
        note("Nobody is told. Add somebody with: provenance hooks add ADDRESS")


@group.command()
def add(
    context: typer.Context,
    url: Annotated[str, typer.Argument(metavar="ADDRESS", help="Where messages are sent, by POST.")],
    about: Annotated[
        list[Happening] | None,
        typer.Option("--about", help="What it wants to hear of; may be given several times. Left out: everything."),
    ] = None,
    rule: Annotated[
        list[str] | None,
        typer.Option("--rule", metavar="KEY", help="A rule whose flags it wants to hear of. Left out: every rule."),
    ] = None,
    event: Annotated[str | None, typer.Option("--event", metavar="EVENT", help="Only claims of this event.")] = None,
    claim: Annotated[str | None, typer.Option("--claim", metavar="CLAIM", help="Only this claim.")] = None,
    words: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What it is for.")] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Tell an address from now on, and show the key with which messages are signed, this once."""
    from provenance.analysis.recording import recording
    from provenance.answers_hooks import NewHook
    from provenance.ingestion.fetching.posting import checked_receiver
    from provenance.storage.hook import HookCreate
    from provenance.storage.reads.hooks import hook_item
    from provenance.storage.session import reading
    from provenance.storage.writes.hooks import create_hook, key_of

    given = {"url": url, "about": about or [], "rules": rule or [], "event": event, "claim": claim, "note": words}
    hook = validated(HookCreate, given)
    _check_rules(hook.rules)
    checked_receiver(hook.url, configured().hooks_may_stay_inside)
    with opened(database_url(context, database)) as engine:
        with recording(engine, WHO) as writer:
            row = create_hook(writer, hook)
            key = key_of(writer, row)
        with reading(engine) as session:
            made = NewHook(**hook_item(session, row.public_id).model_dump(), secret=key)
    if as_json:
        print_document(made.model_dump_json(by_alias=True))
        return
    show(_shown(visible(made)))
    show_unbroken(f"key (it is not shown again): {made.secret}")


@group.command()
def remove(
    context: typer.Context,
    hook: Annotated[str, typer.Argument(metavar="HOOK", help="Id of the hook.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Tell an address no more; messages that wait are given up."""
    from provenance.analysis.recording import recording
    from provenance.storage.writes.hooks import retire_hook

    with opened(database_url(context, database)) as engine, recording(engine, WHO) as writer:
        retire_hook(writer, hook)
    if as_json:
        print_values({"removed": hook})
    else:
        note(f"{hook} is told no more.")


def deliver(
    context: typer.Context,
    watch: Annotated[bool, typer.Option("--watch", help="Go on until Ctrl-C, instead of once.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Send the messages to hooks that are due.

    A server does so by itself unless PROVENANCE_HOOKS_DELIVERED_HERE is false. Several that deliver never send a
    message twice.
    """
    with opened(database_url(context, database)) as engine:
        deliverer = _deliverer(engine)
        done = deliverer.deliver()
        # Ctrl-C is how it is meant to be stopped.
        with suppress(KeyboardInterrupt):
            for some in deliverer.watch(Event()) if watch else ():
                done += some
    if as_json:
        print_values({"taken": done.taken, "waiting": done.waiting, "given_up": done.given_up})
    else:
        show_unbroken(_told(done))


def _deliverer(engine: Engine) -> Deliverer:
    from provenance.exchange.hooks.delivering import Deliverer
    from provenance.exchange.hooks.reached import base_address
    from provenance.ingestion.fetching.posting import Poster

    chosen = configured()
    return Deliverer(engine, Poster(inside=chosen.hooks_may_stay_inside), base_address(chosen), chosen.hook_attempts)


def _told(done: Round) -> str:
    if not done.sent:
        return "No message was due."
    return f"{done.taken} taken, {done.waiting} to be tried again, {done.given_up} given up."


def _check_rules(keys: list[str]) -> None:
    from provenance.analysis.rules import RULES

    known = [rule.key for rule in RULES]
    for key in keys:
        if key not in known:
            raise InvalidInput(f"--rule: there is no rule '{key}'. Use one of: {', '.join(known)}.", field="rule")


def _shown(item: HookItem) -> RenderableType:
    from rich.console import Group

    from provenance.cli.layout import beneath, plain
    from provenance.phrases import counted

    about = [str(one).replace("_", " ") for one in item.about] or ["everything"]
    narrowed = [*item.rules, *filter(None, (item.event, item.claim))]
    told = f"{item.id}: hears of {', '.join(about)}{' about ' + ', '.join(narrowed) if narrowed else ''}"
    state = "" if item.active else "; switched off"
    waiting = f"; {counted(item.waiting, 'message')} waiting" if item.waiting else ""
    return Group(
        plain(item.url, "bold"), beneath(f"{told}{state}{waiting}"), *([beneath(item.note)] if item.note else [])
    )
