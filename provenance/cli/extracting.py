"""The commands about extraction itself: how often each of its rules is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from provenance.cli.options import AsJson, Database, asking, database_url, opened
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.storage.reads.asked_decisions import StatsAsked

if TYPE_CHECKING:
    from rich.console import RenderableType

    from provenance.answers_decisions import RuleStats


def add_to(app: typer.Typer) -> None:
    """Add these commands, as a group of their own."""
    group = typer.Typer(
        help="How often what was proposed is right.",
        no_args_is_help=True,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    group.callback()(_extraction)
    group.command()(stats)
    app.add_typer(group, name="extraction")


def _extraction() -> None:
    """How often what was proposed is right."""


@asking(StatsAsked)
def stats(context: typer.Context, asked: StatsAsked, database: Database = None, as_json: AsJson = False) -> None:
    """Tell how often each rule is right: what was accepted as proposed, put right, rejected, merged or split."""
    from provenance.analysis.moments import looking
    from provenance.storage.reads.decisions import extraction_stats

    with opened(database_url(context, database)) as engine, looking(engine, asked.moment) as session:
        answer = extraction_stats(session, asked)
    if as_json:
        print_document(answer.model_dump_json(by_alias=True))
        return
    seen = visible(answer)
    for rule in seen.rules:
        show(*_told(rule, f"{rule.extractor}: {rule.rule or 'no rule'}"))
    if len(seen.rules) > 1:
        show(*_told(seen.total, "All together"))
    if not seen.rules:
        note("Nothing was proposed that answers to that.")


def _told(rule: RuleStats, called: str) -> list[RenderableType]:
    from provenance.cli.layout import beneath, plain

    right = "not decided about yet" if rule.right is None else f"right as proposed: {rule.right:.0%}"
    counts = {
        "accepted as proposed": rule.accepted_as_proposed,
        "accepted after edits": rule.accepted_after_edits,
        "rejected": rule.rejected,
        "split": rule.split,
        "merged": rule.merged,
        "waiting": rule.waiting,
    }
    told = ", ".join(f"{number:,} {word}" for word, number in counts.items() if number)
    lines: list[RenderableType] = [plain(f"{called}: {right}", "bold"), beneath(f"{rule.proposed:,} proposed; {told}")]
    if rule.fields:
        fields = ", ".join(f"{one.field.replace('_', ' ')} {one.corrected:,}" for one in rule.fields)
        lines.append(beneath(f"put right: {fields}"))
    return lines
