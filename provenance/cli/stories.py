"""The commands that bring stories in: load and convert."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened
from provenance.cli.output import note, print_values, progress, show
from provenance.errors import InvalidInput
from provenance.phrases import counted

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.ingestion.stories import Loaded
    from provenance.storage.writes.keeping import Kept


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(load)
    app.command()(convert)


def load(
    context: typer.Context,
    story: Annotated[
        list[str] | None, typer.Argument(metavar="[STORY]...", help="Slug of a shipped story, or its folder.")
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Load stories; without one, list those that are shipped.

    A story can be loaded again and again: what is held as the story says it is left alone.
    """
    if not story:
        _say_shipped(as_json)
        return
    # Every name is looked up before anything is loaded, so that a slip in the last one leaves nothing half done.
    folders = [folder_of(name) for name in story]
    with opened(database_url(context, database)) as engine:
        loaded = load_all(engine, folders)
    if as_json:
        print_values({"stories": [_summary(one) for one in loaded]})
        return
    for one in loaded:
        show(said_of(one))


def convert(
    casebook: Annotated[Path, typer.Argument(metavar="CASEBOOK", help="The casebook's YAML file.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder that the story is written to.")],
    tables: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder of reviewed tables; none: the plainest defaults.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Turn a coded casebook into a story that can be loaded."""
    from dataclasses import asdict

    from provenance.ingestion.casebook import convert

    converted = convert(casebook, tables, out)
    if as_json:
        print_values(asdict(converted))
        return
    counts = ", ".join(f"{count:,} {name}" for name, count in asdict(converted).items() if name != "slug")
    show(f"Wrote the story {converted.slug} to {out}: {counts}.")
    note(f"Load it with: provenance load {out}")


def load_shipped(url: str) -> None:
    """Load every shipped story that is not held as it is shipped, and say so."""
    with opened(url) as engine:
        for one in load_all(engine, [folder for _, _, folder in shipped_stories()]):
            note(said_of(one))


def load_all(engine: Engine, folders: list[Path]) -> list[Loaded]:
    """Load the stories one after the other."""
    from provenance.ingestion.stories import load_story

    loaded = []
    with progress("Loading stories") as heard:
        for number, folder in enumerate(folders):
            heard(number, len(folders))
            loaded.append(load_story(engine, folder))
    return loaded


def said_of(loaded: Loaded) -> str:
    """What loading a story did, in a sentence."""
    kept = loaded.total
    left = f" {kept.left:,} rows were left as another hand wrote them." if kept.left else ""
    if not kept.written:
        return f"{loaded.title}: nothing new.{left}"
    if not kept.changed and not kept.retired and loaded.tables["document"].created:
        held = [(table, loaded.tables[table]) for table in ("document", "report", "claim", "source")]
        return f"Loaded {loaded.title}: {', '.join(counted(_held(one), table) for table, one in held)}.{left}"
    counts = ((kept.created, "new"), (kept.changed, "changed"), (kept.retired, "no longer said"))
    rows = ", ".join(f"{count:,} {what}" for count, what in counts if count)
    return f"Loaded {loaded.title} again: rows {rows}.{left}"


def _held(kept: Kept) -> int:
    return kept.created + kept.changed + kept.unchanged + kept.left


def folder_of(story: str) -> Path:
    """The folder of a story; raises :class:`InvalidInput` if it is neither shipped nor a folder."""
    shipped = {slug: folder for slug, _, folder in shipped_stories()}
    if story in shipped:
        return shipped[story]
    if Path(story).is_dir():
        return Path(story)
    raise InvalidInput(
        f"There is no story '{story}': it is no folder, and shipped are {', '.join(shipped) or 'none'}.",
        field="story",
    )


def shipped_stories() -> list[tuple[str, str, Path]]:
    """Slug, title and folder of each story that is shipped."""
    import yaml

    from provenance.settings import shipped

    found = []
    for head in sorted(shipped("stories").glob("*/story.yaml")):
        said = yaml.safe_load(head.read_text(encoding="utf-8"))
        found.append((str(said["slug"]), str(said["title"]), head.parent))
    # Lists begin with what was recorded first: let that be the story with most in it.
    return sorted(found, key=lambda story: -sum(file.stat().st_size for file in story[2].rglob("*.yaml")))


def _say_shipped(as_json: bool) -> None:
    stories = shipped_stories()
    if as_json:
        print_values({"shipped": [{"slug": slug, "title": title} for slug, title, _ in stories]})
        return
    for slug, title, _ in stories:
        show(f"{slug}: {title}")
    note("Load one with: provenance load SLUG")


def _summary(loaded: Loaded) -> dict[str, object]:
    from dataclasses import asdict

    tables = {name: asdict(kept) for name, kept in loaded.tables.items()}
    return {
        "slug": loaded.slug,
        "title": loaded.title,
        **asdict(loaded.total),
        "claims": loaded.claims,
        "tables": tables,
    }
