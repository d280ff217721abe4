"""Writes the pages of ``docs/`` that say what the code already says, so that no page can go stale.

``python docs/generate.py`` writes them; ``--check`` writes nothing, names the stale ones and exits with 1. A page is
one function below with ``@page("name.md")``; what no machine can know is written by hand in the other pages.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic.fields import FieldInfo
from sqlmodel import AutoString, SQLModel

from api.access.policy import GROUPS, Needs
from api.app import create_app
from benchmarks.reliability.page import page as reliability_page
from docs.conformance import OURS, Proof, packages, proofs
from provenance import vocabulary
from provenance.analysis.rule import Rule
from provenance.analysis.rules import RULES
from provenance.cli.manual import manual
from provenance.exchange.format import Direction, Format
from provenance.exchange.formats import FORMATS
from provenance.settings import Settings
from provenance.storage.record import Instant, Word
from provenance.storage.tables import ALL
from provenance.vocabulary import Term

HERE = Path(__file__).resolve().parent
TABLES = ALL

Page = Callable[[], str]
PAGES: dict[str, Page] = {}


def main(arguments: list[str] | None = None) -> int:
    """Write the pages, or with ``--check`` say which are stale."""
    parser = argparse.ArgumentParser(description="Write the pages of docs/ that are made from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a page is stale")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the pages are")
    chosen = parser.parse_args(arguments)
    stale = list(stale_pages(chosen.folder))
    if chosen.check:
        for name in stale:
            print(f"docs/{name} is stale: run `python docs/generate.py` and commit it.", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (chosen.folder / name).write_text(written(name), encoding="utf-8")
        print(f"wrote docs/{name}")
    return 0


def stale_pages(folder: Path) -> Iterator[str]:
    """The names of the pages that are missing or do not say what the code says."""
    for name in PAGES:
        file = folder / name
        if not file.exists() or file.read_text(encoding="utf-8") != written(name):
            yield name


def written(name: str) -> str:
    """A page as it belongs in its file."""
    return f"<!-- Made by docs/generate.py from the code; edit that instead. -->\n\n{PAGES[name]().strip()}\n"


def page(name: str) -> Callable[[Page], Page]:
    """Make the function the maker of ``docs/{name}``."""

    def register(maker: Page) -> Page:
        PAGES[name] = maker
        return maker

    return register


@page("rules.md")
def rules() -> str:
    """Each flag rule in the words that the API serves."""
    return "\n\n".join(
        [
            "# Flag rules",
            "A flag says what a rule found about one claim, in a sentence made from counts; it names the rows that "
            "show it and what would clear it. It measures reporting, never truth. A rule is a pure function from a "
            "frozen picture of one claim to findings; the texts below are the ones that the API serves "
            "as its catalogue of flags.",
            table(("rule", "on pages", "version"), ((f"[{r.key}](#{r.key})", r.title, r.version) for r in RULES)),
            *map(rule_section, RULES),
            HOW_TO_ADD_A_RULE,
        ]
    )


def rule_section(rule: Rule) -> str:
    return "\n\n".join(
        [
            f"## {rule.key}",
            f"**{rule.title}.** {rule.finds}",
            f"*Why it matters.* {rule.why}",
            f"*For example.* {rule.example}",
            f"*What clears it.* {rule.clears_when}",
        ]
    )


HOW_TO_ADD_A_RULE = """## How to add a rule

One new file and one line.

1. Write `provenance/analysis/rules/my_rule.py` with a module constant `RULE = Rule(key="my_rule", version=1, ...)`.
   Its `find` gets a `ClaimPicture` (`provenance/analysis/picture.py`) and yields `Finding`s. It may look at nothing
   else: no database, no clock. Say what was found in a sentence made from counts (`words.py` beside it helps with
   singular and plural), name the rows that show it, and say what would clear it.
2. Add `my_rule.RULE` to `RULES` in `provenance/analysis/rules/__init__.py`, where it belongs in the catalogue.

Then `python docs/generate.py` writes this page anew, the API's catalogue has the rule, and `provenance recompute`
applies it to every claim held. Two findings of one rule about one claim must not name the same figure. When a rule's
meaning changes, raise its `version`: flags keep the number of the version that found them. Test it in
`tests/analysis/test_rules.py` with a picture that has it, one that does not, and one at the boundary."""


@page("exchange.md")
def exchange() -> str:
    """Each format of others: what is kept, what is lost, and whose code proves it."""
    proved = proofs()
    return "\n\n".join(
        [
            "# Exchange",
            "What leaves and enters in formats and protocols that others defined. *Writes* means that we give it, "
            "*reads* that we take it. The last column is made from the tests: it names the code, written by others, "
            "that speaks with a running server of ours there, in how many tests. Worked examples, one for each "
            "client, are in [clients/](clients/); the tests run them.",
            table(
                ("format", "direction", "kept", "lost", "proved by"),
                (
                    (
                        f"[{each.name}](#{each.key})",
                        ", ".join(each.directions),
                        each.kept,
                        f"{len(each.lost)}, named below" if each.lost else "nothing",
                        "; ".join(f"{way}: {_provers(proved, each, way)}" for way in each.directions),
                    )
                    for each in FORMATS
                ),
            ),
            *(format_section(each, [proof for proof in proved if proof.format == each.key]) for each in FORMATS),
        ]
    )


def format_section(told: Format, proved: list[Proof]) -> str:
    lost = "\n".join(f"- {each}" for each in told.lost) or "- Nothing."
    return "\n\n".join(
        [
            f'## <a id="{told.key}"></a>{told.name}',
            f"*Defined by* {told.defined_by}",
            f"*Where.* {', '.join(f'`{each}`' for each in told.where)}",
            f"*Kept.* {told.kept}",
            f"*Lost.*\n\n{lost}",
            "*Proved.*\n\n" + "\n".join(f"- {each.direction}, {_whose(each.by)}: {each.sentence}" for each in proved),
        ]
    )


def _provers(proved: list[Proof], told: Format, way: Direction) -> str:
    by = Counter(proof.by for proof in proved if (proof.format, proof.direction) == (told.key, way))
    return ", ".join(f"{_whose(name)} ({count})" for name, count in by.items()) or "nobody yet"


def _whose(by: str) -> str:
    return "our own reader" if by == OURS else f"{by} {packages().get(by, '')}".strip()


@page("vocabulary.md")
def vocabulary_page() -> str:
    """Every term with its meaning."""
    return "\n\n".join(
        [
            "# Vocabulary",
            "The words that stand in the tables, in the JSON and in the tests, each with its meaning. Pages may say "
            "them more plainly.",
            *(
                f"## {terms.__name__}\n\n{doc(terms)}\n\n"
                + table(("word", "meaning"), ((f"`{term.value}`", term.meaning) for term in terms))
                for terms in vocabularies()
            ),
        ]
    )


def vocabularies() -> list[type[Term]]:
    """The groups of terms, in the order in which the vocabulary introduces them."""
    found = [thing for thing in vars(vocabulary).values() if inspect.isclass(thing) and issubclass(thing, Term)]
    return [terms for terms in found if terms is not Term]


@page("settings.md")
def settings_page() -> str:
    """Every setting with its default."""
    prefix = Settings.model_config["env_prefix"]
    rows = (
        (f"`{prefix}{name.upper()}`", f"`{field.default}`", f"{field.description}{bounds(field)}")
        for name, field in Settings.model_fields.items()
    )
    return "\n\n".join(
        [
            "# Settings",
            "Each is an environment variable with a default that works; nothing needs to be set.",
            table(("variable", "default", "meaning"), rows),
        ]
    )


def bounds(field: FieldInfo) -> str:
    said = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    limits = [
        f"{words} {getattr(limit, name)}"
        for limit in field.metadata
        for name, words in said.items()
        if getattr(limit, name, None) is not None
    ]
    return f" A number, {' and '.join(limits)}." if limits else ""


@page("access.md")
def access() -> str:
    """Who may do what: each route with what it needs."""
    return "\n\n".join(
        [
            "# Who may do what",
            "Writing needs a key, and reading may need one (`PROVENANCE_READING=keys`). A key has a role, and each "
            "role may all that those before may. `provenance key create --role editor --name NAME` makes a key, and "
            "so does an admin with `POST /v1/keys`; it is shown once, and sent as `Authorization: Bearer prv_…`. In a "
            "browser people log in with it at `/login`. `GET /v1/me` says who one is here.",
            table(("role", "may"), ((f"`{role}`", role.meaning) for role in vocabulary.Role)),
            "Below is every route that the server has, pages, feeds and interfaces of others included. The server "
            "holds each request to this table before anything else is done, and does not start while a route is "
            "missing here. Which rows of an answer somebody sees is another question: what is not public is left out "
            "for those who may not see it.",
            *(access_section(needs) for needs in Needs),
        ]
    )


def access_section(needs: Needs) -> str:
    """The routes that need the same, with the reasons."""
    groups = [group for group in GROUPS if group.needs is needs]
    return "\n\n".join(
        [
            f"## {ACCESS_TITLES[needs]}",
            *(f"{group.why}\n\n" + "\n".join(f"- `{route}`" for route in group.routes) for group in groups),
        ]
    )


ACCESS_TITLES = {
    Needs.NOTHING: "Nothing is needed",
    Needs.TO_READ: "Nothing, or any key where reading needs one",
    Needs.CONTRIBUTOR: "A contributor, an editor or an admin",
    Needs.EDITOR: "An editor or an admin",
    Needs.ADMIN: "An admin",
}


@page("reliability.md")
def reliability() -> str:
    """What the drills found when their figures were last kept."""
    return reliability_page()


@page("command-line.md")
def command_line() -> str:
    """The help of each command."""
    return manual()


@page("schema.md")
def schema() -> str:
    """Every table and column."""
    return "\n\n".join(
        [
            "# Schema",
            "Every table and column, on SQLite and PostgreSQL alike. A fact also says who may see it and from when to "
            "when it was held to be so: a row that changes leaves its earlier state in the same table, with "
            "`version_of` and `recorded_to` set. A *word* is a term of the [vocabulary](vocabulary.md).",
            *map(table_section, TABLES),
        ]
    )


def table_section(model: type[SQLModel]) -> str:
    columns: sa.Table = model.__table__  # type: ignore[attr-defined]
    rows = ((f"`{c.name}`", kind(c), "yes" if c.nullable else "no", description(model, c)) for c in columns.columns)
    rules = [*map(constraint, columns.constraints), *map(uniqueness, columns.indexes)]
    held = sorted(said for said in rules if said)
    return "\n\n".join(
        [
            f"## {columns.name}",
            doc(model),
            table(("column", "holds", "may be null", "meaning"), rows),
            *(["The database itself holds that:\n\n" + "\n".join(f"- {said}" for said in held)] if held else []),
        ]
    )


def kind(column: sa.Column[Any]) -> str:
    stored = column.type
    if isinstance(stored, AutoString):
        stored = stored.impl_instance
    match stored:
        case Word(terms=terms):
            return f"[{terms.__name__}](vocabulary.md#{terms.__name__.lower()})"
        case Instant():
            return "UTC instant"
        case sa.JSON():
            return "JSON"
        case sa.String(length=int(length)):
            return f"text, up to {length}"
        case sa.String():
            return "text"
        case sa.Boolean():
            return "yes or no"
        case sa.Integer():
            return "integer"
        case sa.Float():
            return "number"
        case sa.LargeBinary():
            return "bytes"
        case other:
            raise TypeError(f"{column} has the type {other!r}, which the schema page cannot name; add it to kind().")


def description(model: type[SQLModel], column: sa.Column[Any]) -> str:
    """What the field says of itself, and the row that it names."""
    said = model.model_fields[column.name].description or ("The row's own key." if column.name == "id" else "")
    refers = ", ".join(sorted(f"`{key.column.table.name}.{key.column.name}`" for key in column.foreign_keys))
    return f"{said} Names {refers}.".strip() if refers else said


def constraint(given: sa.Constraint) -> str:
    match given:
        case sa.CheckConstraint():
            name = str(given.name).removeprefix(f"ck_{given.table.name}_").replace("_", " ")
            return f"{name}: `{' '.join(str(given.sqltext).split())}`"
        case sa.UniqueConstraint():
            return "one row for each " + ", ".join(f"`{column.name}`" for column in given.columns)
        case _:
            return ""


def uniqueness(index: sa.Index) -> str:
    """What a unique index allows once, and among which rows."""
    if not index.unique:
        return ""
    where = index.dialect_options["sqlite"]["where"]
    among = f" among the rows with `{where}`" if where is not None else ""
    return "one row for each " + ", ".join(f"`{column.name}`" for column in index.columns) + among


@page("api.md")
def api() -> str:
    """Every operation of the HTTP API, from the description that the server itself serves."""
    described = create_app(Settings()).openapi()
    operations = [(m, path, said) for path, found in described["paths"].items() for m, said in found.items()]
    words = described["components"]["schemas"]
    tags = dict.fromkeys(tag for _, _, said in operations for tag in said["tags"])
    return "\n\n".join(
        [
            "# HTTP API",
            described["info"]["description"].strip(),
            "A running server describes every field of every answer at `/openapi.json`, with examples, and offers an "
            "explorer at `/explorer`.",
            *(
                "\n\n".join(
                    [f"## {tag}", *(operation(m, p, said, words) for m, p, said in operations if said["tags"] == [tag])]
                )
                for tag in tags
            ),
        ]
    )


def operation(method: str, path: str, said: dict[str, Any], words: dict[str, Any]) -> str:
    """One operation; headers are left to the introduction, for they are the same everywhere."""
    asked = [given for given in said.get("parameters", ()) if given["in"] != "header"]
    rows = ((f"`{given['name']}`", allowed(given["schema"], words), given.get("description", "")) for given in asked)
    return "\n\n".join(
        [
            f"### {method.upper()} {path}",
            f"**{said['summary']}**\n\n{said['description']}",
            *([table(("parameter", "holds", "meaning"), rows)] if asked else []),
            *body(said, words),
            "Answers " + ", ".join(sorted(said["responses"])) + ".",
        ]
    )


def body(said: dict[str, Any], words: dict[str, Any]) -> list[str]:
    """The fields of the body that an operation takes; nothing if it takes none."""
    if "requestBody" not in said:
        return []
    return [line for kind, content in said["requestBody"]["content"].items() for line in _sent(kind, content, words)]


def _sent(kind: str, content: dict[str, Any], words: dict[str, Any]) -> list[str]:
    schema = content.get("schema", {})
    # A body that may be left out is described as one of two: the body, or null.
    name = next((one["$ref"] for one in (schema, *schema.get("anyOf", ())) if "$ref" in one), "").rpartition("/")[2]
    how = "Send" if kind == "application/json" else f"Send as `{kind}`"
    if not name and "properties" not in schema:
        return [f"{how}: {schema.get('description', 'a file of that kind.')}"]
    return [f"{how}:", *(fields(name, words) if name else fields_of(schema, words))]


def fields(name: str, words: dict[str, Any]) -> list[str]:
    """A table of the fields of a schema by its name, and of the schemas of its parts."""
    return fields_of(words[name], words)


def fields_of(schema: dict[str, Any], words: dict[str, Any]) -> list[str]:
    """As `fields`, of a schema that has no name."""
    needed = schema.get("required", ())
    rows = (
        (f"`{field}`", allowed(given, words), "yes" if field in needed else "no", given.get("description", ""))
        for field, given in schema["properties"].items()
    )
    parts = [
        (field, given["items"]["$ref"].rpartition("/")[2])
        for field, given in schema["properties"].items()
        if "$ref" in given.get("items", {})
    ]
    inner = [line for field, part in parts for line in (f"Each of `{field}`:", *fields(part, words))]
    return [table(("field", "holds", "required", "meaning"), rows), *inner]


def allowed(schema: dict[str, Any], words: dict[str, Any]) -> str:
    """What a parameter may hold; ``words`` are the schemas that it may refer to."""
    match schema:
        case {"anyOf": [*choices]}:
            return ", ".join(
                dict.fromkeys(allowed(choice, words) for choice in choices if choice.get("type") != "null")
            )
        case {"$ref": str(name)}:
            return allowed(words[name.rpartition("/")[2]], words)
        case {"enum": [*terms]}:
            return ", ".join(f"`{term}`" for term in terms)
        case {"properties": dict()}:
            return "object"
        case {"type": "array", "items": dict(items)}:
            return f"{allowed(items, words)}, several times"
        case {"type": "string", "format": str(form)}:
            return TYPED_AS.get(form, form)
        case _:
            return str(schema.get("type", "anything"))


TYPED_AS = {"date-time": "time with a zone"}


def doc(thing: type) -> str:
    return inspect.cleandoc(thing.__doc__ or "")


def table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
