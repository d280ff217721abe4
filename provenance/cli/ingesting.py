"""The command that takes documents in and proposes what they state."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened
from provenance.cli.output import note, print_values, progress, show
from provenance.errors import InvalidInput

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.answers_intake import Ingested
    from provenance.ingestion.bulk import Summary
    from provenance.ingestion.loading import LoadFailure
    from provenance.ingestion.taking_form import Picture
    from provenance.ingestion.taking_in import Given, Taken
    from provenance.storage.writes.writer import Writer

WHO = "the command line"
SHOWN_WHOLE = 3  # documents; of more, only the sums are told
TOLD = 20  # failures


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(ingest)


def ingest(
    context: typer.Context,
    origin: Annotated[
        str, typer.Argument(metavar="PATH|URL|-", help="A file, a folder, an address, or - for standard input.")
    ],
    event: Annotated[
        str | None, typer.Option("--event", metavar="EVENT", help="The event it is about: its id or its title.")
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="SOURCE", help="Who published it: an id or a name.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="When: an ISO date, or a time with zone.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="Its language, such as en; else it is found out.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where it was found, if it is read from a file.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its title, if it prints none.")] = None,
    screenshot: Annotated[
        Path | None,
        typer.Option("--screenshot", metavar="FILE", help="A picture of its page: PNG, JPEG, WebP or PDF."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="How many processes read; else one for each processor.")
    ] = None,
    all_cores: Annotated[bool, typer.Option("--all-cores", help="Read on all processors; the default.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would be proposed.")] = False,
    author: Annotated[str, typer.Option("--author", metavar="NAME", help="Who takes it in.")] = WHO,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take documents in, and propose what they state.

    Each attributed statement becomes a proposed report with its chain and figures, for a claim that is known or for a
    new one; it counts for nothing until somebody accepts it. A run that was stopped goes on where it was.
    """
    from provenance.ingestion.taking_in import Given
    from provenance.storage.dates import read_date

    if all_cores and workers is not None:
        raise InvalidInput("workers: --all-cores and --workers are both given; keep one of them.", field="workers")
    if published is not None:
        read_date(published, "--published")
    with opened(database_url(context, database)) as engine:
        given = Given(
            event=_event(engine, event),
            publisher=publisher,
            published=published,
            language=language,
            url=url,
            title=title,
        )
        if dry_run:
            _rehearse(engine, origin, given, author, as_json)
            return
        picture = None if screenshot is None else _picture(screenshot)
        _take_in(engine, origin, given, author, workers, as_json, picture)


def _event(engine: Engine, event: str | None) -> str | None:
    from provenance.cli.naming import id_of
    from provenance.storage.session import reading

    if event is None:
        return None
    with reading(engine) as session:
        return id_of(session, "event", event)


def _rehearse(engine: Engine, origin: str, given: Given, author: str, as_json: bool) -> None:
    from provenance.ingestion.loading import LoadFailure, load
    from provenance.ingestion.taking_in import take_in
    from provenance.ingestion.telling import ingested

    told: list[Ingested] = []
    failed: list[LoadFailure] = []
    for one in load(origin):
        if isinstance(one, LoadFailure):
            failed.append(one)
            continue
        take_in(
            engine,
            one,
            given,
            who=author,
            dry_run=True,
            show=lambda writer, taken: told.append(ingested(writer.session, taken, dry_run=True)),
        )
        if not as_json:
            _show(told.pop())
    if as_json:
        documents = [answer.model_dump(mode="json", by_alias=True) for answer in told]
        print_values({"documents": documents, "failures": [_failure(one) for one in failed]})
        return
    _tell_failures(failed)


def _take_in(
    engine: Engine,
    origin: str,
    given: Given,
    author: str,
    workers: int | None,
    as_json: bool,
    picture: Picture | None = None,
) -> None:
    from provenance.ingestion.bulk import ingest as take_all
    from provenance.ingestion.telling import ingested

    told: list[Ingested] = []

    def keep(writer: Writer, taken: Taken) -> None:
        # Of many documents only the sums are told, so the first few are all that is kept.
        if len(told) <= SHOWN_WHOLE:
            told.append(ingested(writer.session, taken))

    with progress("Taking in") as heard:
        summary = take_all(engine, origin, given, who=author, workers=workers, heard=heard, show=keep)
    if picture is not None:
        _keep_picture(engine, told, picture, author)
    few = len(told) <= SHOWN_WHOLE
    if as_json:
        documents = [answer.model_dump(mode="json", by_alias=True) for answer in told] if few else []
        print_values({**_sums(summary), "documents": documents})
    else:
        for answer in told if few else []:
            _show(answer)
        show(_told(summary))
        _tell_failures(summary.failures)
    if summary.failures and not any(count for outcome, count in summary.counts.items() if outcome != "failed"):
        raise typer.Exit(1)


def _picture(file: Path) -> Picture:
    from provenance.ingestion.taking_form import MOST_BYTES, picture_of

    if not file.is_file():
        raise InvalidInput(f"--screenshot: there is no file {file}; check the path.")
    with file.open("rb") as stream:
        return picture_of(stream.read(MOST_BYTES + 1))


def _keep_picture(engine: Engine, told: Sequence[Ingested], picture: Picture, author: str) -> None:
    from provenance.ingestion.taking_form import keep_picture

    if len(told) != 1:
        raise InvalidInput(
            f"--screenshot: it belongs to one document, and {len(told) or 'none'} came in. Take in that one alone."
        )
    keep_picture(engine, told[0].document.id, picture, author)


def _show(answer: Ingested) -> None:
    from provenance.cli.ingested import page
    from provenance.cli.visible import visible

    show(*page(visible(answer)))


def _sums(summary: Summary) -> dict[str, object]:
    from provenance.vocabulary import TakenIn

    return {
        "id": f"run_{summary.run}",
        **{str(outcome): summary.counts.get(outcome, 0) for outcome in TakenIn},
        "reports": summary.reports,
        "resumed": summary.resumed,
        "seconds": round(summary.seconds, 2),
        "failures": [_failure(one) for one in summary.failures],
    }


def _failure(one: LoadFailure) -> dict[str, str]:
    return {"key": one.origin, "reason": one.reason}


def _told(summary: Summary) -> str:
    from provenance.vocabulary import TakenIn

    words = {
        TakenIn.ADDED: "added",
        TakenIn.CHANGED: f"later version{'' if summary.counts.get(TakenIn.CHANGED) == 1 else 's'} of what was held",
        TakenIn.KNOWN: "held already",
        TakenIn.FAILED: "failed",
    }
    counts = ", ".join(f"{summary.counts[one]:,} {word}" for one, word in words.items() if summary.counts.get(one))
    went_on = f" Went on after {summary.resumed:,} of an earlier run." if summary.resumed else ""
    rate = f" in {summary.seconds:.1f} s" if summary.here else ""
    reports = f"{summary.reports:,} report{'' if summary.reports == 1 else 's'} proposed"
    return f"Documents: {counts or 'none'}{rate}; {reports}.{went_on}"


def _tell_failures(failed: Sequence[LoadFailure]) -> None:
    for one in failed[:TOLD]:
        note(f"  {one.reason if one.origin in one.reason else f'{one.origin}: {one.reason}'}")
    if hidden := len(failed[TOLD:]):
        note(f"  … and {hidden:,} more.")
