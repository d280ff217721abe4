"""What the service says of itself, from which a client learns all its other addresses."""

from __future__ import annotations

from typing import Any

from provenance.exchange.reconciling.asking import ANY_SOURCE, MOST_QUERIES
from provenance.exchange.reconciling.suggesting import spoken
from provenance.vocabulary import SourceKind

WIDTH, HEIGHT = 420, 170  # of a preview, in pixels


def manifest(base: str) -> dict[str, Any]:
    """The manifest of the service on the server at ``base``."""
    here = f"{base}/reconcile"

    def suggesting(what: str) -> dict[str, str]:
        return {"service_url": here, "service_path": f"/suggest/{what}"}

    return {
        "versions": ["0.1", "0.2"],
        "name": "Sources: who can speak or publish",
        "identifierSpace": f"{base}/sources/",
        "schemaSpace": f"{base}/glossary",
        "documentation": f"{base}/docs",
        "view": {"url": f"{base}/sources/{{{{id}}}}"},
        "defaultTypes": [
            {"id": ANY_SOURCE, "name": "Source"},
            *({"id": kind.value, "name": spoken(kind)} for kind in SourceKind),
        ],
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
        "suggest": {what: suggesting(what) for what in ("entity", "type", "property")},
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/properties"},
            "property_settings": [],
        },
        "batchSize": MOST_QUERIES,
    }
