"""Reads who speaks for whom from a name: "spokesman for the Interior Ministry" is somebody by an office alone."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """Somebody who is known by the body for which he or she speaks alone."""

    role: str
    body: str

    def spellings(self) -> list[str]:
        """How else pages name the same office."""
        return [f"{self.role} {joining} {self.body}".strip() for joining in ("for the", "for", "of the", "of")] + [
            f"{self.body} {self.role}",
            f"{self.body}’s {self.role}",
        ]


OFFICE = re.compile(
    r"(?:an? |the )?(?P<role>spokes(?:man|woman|person))(?: for| of|,)(?: the)? (?P<body>\S.*)"
    r"|(?:the )?(?P<its>\S.*?)(?:['’]s)? (?P<role_behind>spokes(?:man|woman|person))",
    re.IGNORECASE,
)


def office_of(name: str) -> Office | None:
    """The office that somebody is named by; None for everybody else.

    >>> office_of("spokesman for the Interior Ministry") == office_of("the Interior Ministry's spokesman")
    True
    >>> office_of("Saltanat Azirbek") is None
    True
    """
    found = OFFICE.fullmatch(name.strip())
    if found is None:
        return None
    return Office((found["role"] or found["role_behind"]).lower(), found["body"] or found["its"])
