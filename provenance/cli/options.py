"""The options of commands; those of lists are made from what the API takes, in the same words.

A filter that a list learns is therefore an option at once, and neither side can drift from the other.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from provenance.errors import DatabaseNotReady, InvalidInput
from provenance.storage.reads.asked import AS_OF, KNOWN_AT

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.settings import Settings

A = TypeVar("A", bound=BaseModel)

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="The database, instead of PROVENANCE_DATABASE_URL: sqlite:///FILE or postgresql://USER@HOST/NAME.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the JSON document alone.")]

AsOf = Annotated[str | None, typer.Option("--as-of", metavar="TEXT", help=AS_OF.replace("`", ""))]
KnownAt = Annotated[str | None, typer.Option("--known-at", metavar="TEXT", help=KNOWN_AT.replace("`", ""))]

# Options that read better short on a command line than as query parameters.
SHORT = {"published_from": "--from", "published_to": "--to"}

DATABASE_NAMED = "provenance.database_named"
MEMORY = re.compile(r"sqlite(\+\w+)?:(//)?/?(/:memory:|/)?(\?.*)?|sqlite.*[?&]mode=memory.*")

# Filters that take the name of a record as well as its id.
NAMEABLE = ("source", "publisher", "event")


def database_url(context: typer.Context, database: str | None) -> str:
    """The URL given to the command, before the command, in the environment, or by default; in this order."""
    given = database or context.find_root().obj
    # Errors blame what the user gave, so it is noted where the telling of errors finds it.
    context.meta[DATABASE_NAMED] = "--database" if given else "PROVENANCE_DATABASE_URL"
    url = str(given or configured().database_url)
    if MEMORY.fullmatch(url.strip()):
        raise InvalidInput(
            f"{context.meta[DATABASE_NAMED]}: {url} is a database in memory, which is gone when the command ends. "
            "Give a file: sqlite:///provenance.db"
        )
    return url


def configured() -> Settings:
    """The settings of the environment; raises :class:`InvalidInput` that names the variable."""
    from provenance.settings import settings

    try:
        return settings()
    except ValidationError as invalid:
        raise refused(invalid, "PROVENANCE_") from invalid


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """The database, ready for this version; raises :class:`DatabaseNotReady` and never makes a file."""
    from pathlib import Path

    from provenance.storage.own_log import missing
    from provenance.storage.session import database_url as parsed
    from provenance.storage.session import make_engine, require_ready

    address = parsed(url)
    if address.get_backend_name() == "sqlite" and address.database and not Path(address.database).exists():
        raise DatabaseNotReady(
            missing(
                Path(address.database),
                "Make it with `provenance migrate` and fill it with `provenance load`, or do both with `provenance "
                "serve --demo`.",
            )
        )
    engine = make_engine(url)
    try:
        require_ready(engine)
        yield engine
    finally:
        engine.dispose()


def asking(model: type[A], words: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the filters of a list as options, beside those of its own.

    The command takes the context, what is asked, its own options, the database and whether JSON is wanted. ``words``
    names the filter that is given without an option.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        own = [one for one in inspect.signature(command, eval_str=True).parameters.values() if one.name != "asked"]

        def filled(**given: Any) -> None:
            if words is not None:
                given[words] = " ".join(given[words] or ()) or None
            filters = {name: given.pop(name) for name in model.model_fields}
            asked = validated(model, {name: value for name, value in filters.items() if value is not None})
            command(asked=asked, **given)

        context, *rest = (one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own)
        filters = (_option(name, field, name == words) for name, field in model.model_fields.items())
        parameters = [context, *filters, *rest]
        filled.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        filled.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        filled.__name__, filled.__doc__ = command.__name__, command.__doc__
        return filled

    return decorate


def validated(model: type[A], given: dict[str, Any]) -> A:
    """What is asked; raises :class:`InvalidInput` that names the option."""
    try:
        return model(**given)
    except ValidationError as invalid:
        raise refused(invalid, "--") from invalid


def refused(invalid: ValidationError, prefix: str) -> InvalidInput:
    """The first thing that is wrong, in a line."""
    first = invalid.errors()[0]
    name = "_".join(str(part) for part in first["loc"])
    where = SHORT.get(name, prefix + (name.replace("_", "-") if prefix == "--" else name.upper()))
    message = first["msg"].removeprefix("Value error, ")
    return InvalidInput(f"{where}: {message}; given was {first['input']!r}." if name else message, field=name or None)


def _option(name: str, field: FieldInfo, positional: bool) -> inspect.Parameter:
    description = (field.description or "").replace("`", "")
    if positional:
        argument = typer.Argument(metavar="WORDS", help=description, show_default=False)
        if field.is_required():
            return _parameter(name, Annotated[list[str], argument], inspect.Parameter.empty)
        return _parameter(name, Annotated[list[str] | None, argument], None)
    spelled = SHORT.get(name, "--" + name.replace("_", "-"))
    if name in NAMEABLE:
        description = f"{description.removesuffix('.')}, or its name."
    metavar = "TEXT" if field.annotation in (str | None, list[str]) else None
    if field.annotation == (bool | None):
        spelled = f"{spelled}/--no-{spelled.removeprefix('--')}"
    option = typer.Option(spelled, help=description, metavar=metavar)
    default = field.get_default(call_default_factory=True)
    return _parameter(name, Annotated[field.annotation, option], default)


def _parameter(name: str, annotation: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
