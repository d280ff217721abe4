"""The command that writes and reads W3C PROV."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import AsJson, AsOf, Database, KnownAt, configured, database_url, opened
from provenance.cli.output import note, print_document, show
from provenance.cli.tracing import following, which_claim
from provenance.errors import InvalidInput
from provenance.files import written_whole
from provenance.storage.reads.asked import moment_of

if TYPE_CHECKING:
    from provenance.answers_prov import ProvAnswer

# Where `provenance serve` answers, unless a public address is set.
HERE = "http://127.0.0.1:8000"
WHO = "the command line"
TOLD = 50  # records that are listed one by one


class As(StrEnum):
    """The notations, named here again so that asking for help loads none of what writes them."""

    JSON = "prov-json"
    N = "prov-n"
    XML = "prov-xml"
    TURTLE = "turtle"
    JSON_LD = "json-ld"


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(prov)


def prov(
    context: typer.Context,
    record: Annotated[
        list[str] | None,
        typer.Argument(metavar="RECORD", help="Public id of a claim, document or event, or words from a claim."),
    ] = None,
    written_as: Annotated[
        As, typer.Option("--as", help="prov-json, prov-n to read it yourself, prov-xml, turtle or json-ld.")
    ] = As.JSON,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write to this file, and not to stdout.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--read", metavar="FILE", help="Take this PROV-JSON in, and write nothing out.")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", metavar="EVENT", help="With --read: the event of new claims, id or title.")
    ] = None,
    author: Annotated[str, typer.Option("--author", metavar="NAME", help="With --read: who takes it in.")] = WHO,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Write a claim, document or event as W3C PROV, or read what others wrote down in PROV-JSON.

    What is read is proposed, and counts for nothing until somebody accepts it; what we wrote ourselves is known again.
    """
    if (file is None) is (not record):
        raise InvalidInput("RECORD: give a record to write, or a file to read with --read, and not both.")
    url = database_url(context, database)
    if file is None:
        body = _told(url, " ".join(record or ()), written_as, moment_of(as_of, known_at))
        if out is None:
            print_document(body.rstrip())
        else:
            with written_whole(out) as stream:
                stream.write(body)
            note(f"Written: {out}")
        return
    answer = _taken(url, _parsed(file), event, author)
    if as_json:
        print_document(answer.model_dump_json())
    else:
        _tell(answer)


def _told(url: str, record: str, written_as: As, moment: Any) -> bytes:
    from provenance.analysis.moments import looking
    from provenance.exchange.prov.asking import of_claim, of_document, of_event
    from provenance.exchange.prov.notations import NOTATIONS, Notation

    base = (configured().public_address or HERE).rstrip("/")
    tell = {"doc_": of_document, "evt_": of_event}.get(record[:4], of_claim)
    with opened(url) as engine:
        chosen = which_claim(engine, record, moment) if tell is of_claim else record

        def read(public_id: str) -> bytes:
            with looking(engine, moment) as session:
                return NOTATIONS[Notation(written_as.value)].body(tell(session, public_id, base))

        return following(read, chosen)


def _parsed(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        raise InvalidInput(f"{file}: byte {broken.start} is not UTF-8. Save the file as UTF-8.") from broken
    except json.JSONDecodeError as broken:
        text = f"{file}: line {broken.lineno}, column {broken.colno}: {broken.msg}. Correct it, or export it again."
        raise InvalidInput(text) from broken
    except (RecursionError, ValueError) as broken:
        raise InvalidInput(f"{file}: it is no PROV-JSON that could be read: {broken}.") from broken


def _taken(url: str, given: Any, event: str | None, author: str) -> ProvAnswer:
    from provenance.cli.naming import id_of
    from provenance.exchange.prov.taking.take import take
    from provenance.storage.session import reading

    with opened(url) as engine:
        if event is not None:
            with reading(engine) as session:
                event = id_of(session, "event", event)
        return take(engine, given, event, author)


def _tell(answer: ProvAnswer) -> None:
    from provenance.cli.visible import visible

    counts = answer.model_dump(include={"added", "proposed", "known", "left"})
    show(", ".join(f"{count} {word}" for word, count in counts.items()))
    listed = [one for one in answer.records if one.became.value != "known"]
    for one in listed[:TOLD]:
        what = f"{one.noun} {one.id}" if one.id else ""
        show(visible(f"  {one.became.value}: {one.place} {what}".rstrip()) + (f" ({one.why})" if one.why else ""))
    if len(listed) > TOLD:
        note(f"… and {len(listed) - TOLD} more: --json lists all.")
