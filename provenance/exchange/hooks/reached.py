"""Where readers reach this server, for messages that nobody asked for and that therefore come with no address asked."""

from __future__ import annotations

from provenance.settings import Settings


def base_address(settings: Settings) -> str:
    """The address that was set, or else that which the server binds to; without a slash behind it.

    >>> base_address(Settings(public_address="https://claims.example/"))
    'https://claims.example'
    >>> base_address(Settings(public_address="", host="::1", port=8080))
    'http://[::1]:8080'
    """
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return (settings.public_address or f"http://{host}:{settings.port}").rstrip("/")
