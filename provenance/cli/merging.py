"""The commands for records that turned out to be one, or two: merge and split, each with a preview."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from provenance.cli.options import AsJson, Database, database_url, opened, refused
from provenance.cli.output import print_document, show
from provenance.cli.visible import visible
from provenance.errors import InvalidInput
from provenance.vocabulary import SourceKind

if TYPE_CHECKING:
    from rich.console import RenderableType

    from provenance.answers_merge import ClaimEffect, ClaimState, Regrouping
    from provenance.storage.writes.moving import Regrouped
    from provenance.storage.writes.writer import Writer

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would change; write nothing.")]
Who = Annotated[str | None, typer.Option("--who", help="Who does it; kept in the history.")]
Why = Annotated[str | None, typer.Option("--why", help="The reason; kept in the history.")]
Ids = list[str] | None


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(merge)
    app.command()(split)


def merge(
    context: typer.Context,
    gone: Annotated[str, typer.Argument(metavar="GONE", help="Id of the claim or source that is to be gone.")],
    kept: Annotated[str, typer.Argument(metavar="KEPT", help="Id of the one that is to stand for both.")],
    dry_run: DryRun = False,
    who: Who = None,
    why: Why = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Merge a claim or source into another that turned out to be the same.

    What belongs to the one belongs to the other from then on, and the old id leads there; split gives it back.
    """
    from provenance.storage.merge import MergeCreate
    from provenance.storage.writes.merging import merge_claims, merge_sources

    change = merge_claims if _is_claim(gone) else merge_sources
    _done(context, database, lambda writer: change(writer, gone, MergeCreate(into=kept)), dry_run, who, why, as_json)


def split(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="ID", help="Id of the claim or source that is to be split.")],
    back: Annotated[
        str | None, typer.Option("--back", metavar="ID", help="A record that was merged into it, to be given back.")
    ] = None,
    report: Annotated[Ids, typer.Option("--report", help="A report that states another claim; repeatable.")] = None,
    text: Annotated[str | None, typer.Option("--text", help="What that other claim asserts.")] = None,
    tally: Annotated[str | None, typer.Option("--tally", help="Its tally, instead of that of the claim.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="The name of the other source.")] = None,
    kind: Annotated[SourceKind | None, typer.Option("--kind", help="Its kind, instead of that of the source.")] = None,
    hop: Annotated[Ids, typer.Option("--hop", help="A hop in which the other source is meant; repeatable.")] = None,
    document: Annotated[Ids, typer.Option("--document", help="A document that it published; repeatable.")] = None,
    alias: Annotated[Ids, typer.Option("--alias", metavar="ID", help="A name that is its own; repeatable.")] = None,
    tie: Annotated[Ids, typer.Option("--tie", help="A tie that is its own; repeatable.")] = None,
    dry_run: DryRun = False,
    who: Who = None,
    why: Why = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Split a claim or source that turned out to be two.

    Take a merge back with --back. Or give some reports of a claim to a new one, with --report and --text; or some hops,
    documents, names and ties of a source to a new one, with --name.
    """
    from provenance.storage.merge import ClaimSplit, SourceSplit
    from provenance.storage.writes.splitting import split_claim, split_source

    of_claim = {"reports": report, "text": text, "tally": tally}
    of_source = {"name": name, "kind": kind, "hops": hop, "documents": document, "names": alias, "ties": tie}
    own, other = (of_claim, of_source) if _is_claim(record) else (of_source, of_claim)
    given: dict[str, object] = {field: value for field, value in own.items() if value not in (None, [])}
    for field, value in other.items():
        if value not in (None, []):
            raise InvalidInput(f"--{OPTIONS.get(field, field)}: that does not belong to such a record. Leave it out.")

    def change(writer: Writer) -> Regrouped:
        if _is_claim(record):
            return split_claim(writer, record, ClaimSplit.model_validate(given | ({"claim": back} if back else {})))
        return split_source(writer, record, SourceSplit.model_validate(given | ({"source": back} if back else {})))

    try:
        _done(context, database, change, dry_run, who, why, as_json)
    except ValidationError as invalid:
        raise refused(invalid, "--") from invalid


# The fields of a body that are given several times here, each by one option.
OPTIONS = {"reports": "report", "hops": "hop", "documents": "document", "names": "alias", "ties": "tie"}


def _is_claim(public_id: str) -> bool:
    if public_id.startswith(("clm_", "src_")):
        return public_id.startswith("clm_")
    raise InvalidInput(f"'{public_id}' is no id of a claim or source. Search for it: provenance search WORDS")


def _done(
    context: typer.Context,
    database: str | None,
    change: Callable[[Writer], Regrouped],
    dry_run: bool,
    who: str | None,
    why: str | None,
    as_json: bool,
) -> None:
    from provenance.analysis.regrouping import regroup

    with opened(database_url(context, database)) as engine:
        answer = regroup(engine, f"cli: {who}" if who else "cli", why, change, dry_run=dry_run)
    if as_json:
        print_document(answer.model_dump_json())
        return
    show(*_told(visible(answer)))


def _told(answer: Regrouping) -> list[RenderableType]:
    would = "would be" if answer.dry_run else "is"
    if answer.gone:
        lines = [f"{answer.gone} {would} merged into {answer.kept}."]
    else:
        lines = [f"{answer.split_off or 'A new record'} {would} split off {answer.kept}."]
    for verb, rows in (("moved", answer.moved), ("let go", answer.dropped), ("taken back", answer.restored)):
        if rows:
            listed = (f"{count} {noun.replace('_', ' ')}" for noun, count in rows.items())
            lines.append(f"  {verb}: {', '.join(listed)}")
    told: list[RenderableType] = [*lines, *(line for effect in answer.claims for line in _effect(effect))]
    if answer.compared < answer.concerned:
        told.append(f"{answer.concerned:,} claims depend on it; the first {answer.compared:,} were compared.")
    elif not answer.claims:
        told.append("No count and no flag of any claim changes.")
    if answer.dry_run:
        told.append("Nothing was written.")
    else:
        told.append(f"To take it back: provenance undo {answer.change} --why REASON")
    return told


def _effect(effect: ClaimEffect) -> list[RenderableType]:
    from provenance.cli.layout import beneath, plain

    lines: list[RenderableType] = [plain(effect.text, "bold"), beneath(f"{effect.claim or 'new'}:")]
    before, after = effect.before, effect.after
    if before is None or after is None:
        lines += [beneath(f"{'now' if after is None else 'then'} {_state(before or after)}")]
        lines += [beneath("then gone")] if after is None else []
    else:
        lines += [beneath(f"now {_state(before)}"), beneath(f"then {_state(after)}")]
    for word, flags in (("gains", effect.flags_gained), ("loses", effect.flags_lost)):
        if flags and before is not None and after is not None:
            lines.append(beneath(f"{word}: {', '.join(dict.fromkeys(flag.rule for flag in flags))}"))
    return lines


def _state(state: ClaimState | None) -> str:
    from provenance.phrases import counted

    if state is None:
        return "nothing"
    facts = (
        str(state.status),
        f"verdict {state.verdict.replace('_', ' ')}",
        counted(state.documents, "document"),
        counted(state.established_origins, "established origin"),
        counted(state.parties, "party", "parties"),
    )
    return ", ".join(facts)
