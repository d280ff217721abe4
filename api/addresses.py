"""Where this server is for its readers."""

from __future__ import annotations

from fastapi import Request


def base_of(request: Request) -> str:
    """The address of the server without a slash behind it: the one that was set, or else the one that was asked."""
    chosen: str = request.app.state.settings.public_address
    return (chosen or str(request.base_url)).rstrip("/")
