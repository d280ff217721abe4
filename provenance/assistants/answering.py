"""How a question of ours becomes a tool: its schema admits no parameter that it does not have, since whoever asked with
one would be answered another question; and what goes wrong is told in words that a model can act on.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from types import new_class
from typing import TYPE_CHECKING, Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ToolError, UnexpectedToolError
from mcp.server.mcpserver.tools import Tool
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolResult,
    GetPromptResult,
    InputRequiredResult,
    TextContent,
    ToolAnnotations,
)
from pydantic import ValidationError

from provenance.access import acting
from provenance.assistants.letting_in import Door
from provenance.assistants.refusing import remedied, unfit, unknown
from provenance.assistants.told import Told
from provenance.errors import KeyNeeded, ProvenanceError

if TYPE_CHECKING:
    from mcp.server.lowlevel.helper_types import ReadResourceContents
    from pydantic.networks import AnyUrl
    from starlette.requests import Request

Question = Callable[..., Told]


def tool_for(question: Question, annotations: ToolAnnotations) -> Tool:
    """The tool that asks a question; it is called as the question is, and described by its docstring."""
    tool = Tool.from_function(
        _answering(question),
        title=question.__name__.replace("_", " ").capitalize(),
        description=" ".join((inspect.getdoc(question) or "").split()),
        annotations=annotations,
    )
    lax = tool.fn_metadata.arg_model
    strict: Any = new_class(lax.__name__, (lax,), {"extra": "forbid"})
    fitting = tool.fn_metadata.model_copy(update={"arg_model": strict})
    return tool.model_copy(update={"fn_metadata": fitting, "parameters": strict.model_json_schema(by_alias=True)})


class AnsweringServer(MCPServer[Any]):
    """The server of the SDK, which answers each call for whoever's key came with it.

    It explains itself where a tool or a prompt is asked amiss.
    """

    def __init__(self, name: str, *, door: Door, **options: Any) -> None:
        super().__init__(name, **options)
        self.door = door

    async def read_resource(
        self, uri: AnyUrl | str, context: Context[Any, Any] | None = None
    ) -> Iterable[ReadResourceContents] | InputRequiredResult:
        """A record or a list of terms.

        :raises ResourceError: for a key that opens nothing.
        """
        try:
            caller = await self.door.caller(_request(context))
        except KeyNeeded as refused:
            raise ResourceError(refused.message) from refused
        with acting(caller):
            return await super().read_resource(uri, context)

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """The answer of a tool.

        :raises ToolError: naming the parameter at fault, or the tools that there are.
        """
        schemas = {tool.name: tool.input_schema for tool in await self.list_tools()}
        if name not in schemas:
            raise ToolError(f"Unknown tool: {name[:100]}. There are: {', '.join(schemas)}.")
        try:
            with acting(await self.door.caller(_request(context))):
                return await super().call_tool(name, arguments, context)
        except KeyNeeded as refused:
            raise ToolError(refused.message) from refused
        except UnexpectedToolError:
            raise
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(unfit(name, schemas[name], error.__cause__)) from error
            raise ToolError(str(error).removeprefix(f"Error executing tool {name}: ")) from error

    async def get_prompt(
        self, name: str, arguments: dict[str, Any] | None = None, context: Context[Any, Any] | None = None
    ) -> GetPromptResult | InputRequiredResult:
        """A prompt with its arguments.

        :raises MCPError: naming the argument that is missing or unknown, or the prompts that there are.
        """
        taken = {prompt.name: prompt.arguments or [] for prompt in await self.list_prompts()}
        given = arguments or {}
        if name not in taken:
            raise _refused(f"Unknown prompt: {name[:100]}. There are: {', '.join(taken)}.")
        for argument in taken[name]:
            if argument.required and not str(given.get(argument.name, "")).strip():
                raise _refused(f"{argument.name}: it is missing. {argument.description}")
        for extra in set(given) - {argument.name for argument in taken[name]}:
            raise _refused(unknown(extra, name, [argument.name for argument in taken[name]]))
        return await super().get_prompt(name, arguments, context)


def _answering(question: Question) -> Callable[..., CallToolResult]:
    """The question with its answer as data and as text; what a model can mend is an error that names the remedy."""
    signature = inspect.signature(question, eval_str=True)

    @functools.wraps(question)
    def answer(**arguments: Any) -> CallToolResult:
        try:
            told = question(**arguments)
        except ProvenanceError as error:
            raise ToolError(remedied(error.message, arguments)) from error
        except ValidationError as invalid:
            raise ToolError(remedied(unfit(question.__name__, {}, invalid), arguments)) from invalid
        text = TextContent(type="text", text=told.text())
        return CallToolResult(content=[text], structured_content=told.model_dump(mode="json"))

    # The schema of what is answered is read off the annotation.
    answer.__signature__ = signature.replace(return_annotation=Annotated[CallToolResult, Told])  # type: ignore[attr-defined]
    return answer


def _request(context: Context[Any, Any] | None) -> Request | None:
    """The request over HTTP that a call came with; None where whoever asks started the server."""
    if context is None:
        return None
    try:
        found: Request | None = context.request_context.request
    except ValueError:
        return None
    return found


def _refused(why: str) -> MCPError:
    return MCPError(code=INVALID_PARAMS, message=why)
