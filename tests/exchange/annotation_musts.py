"""What the Web Annotation model says that an annotation MUST be, as far as ours go, as a JSON Schema of our own; and
the terms that we use, so that a processor of JSON-LD can read them without asking the Web for their context.
"""

from __future__ import annotations

from typing import Any

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
OA = "http://www.w3.org/ns/oa#"

IRI = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"}
WHEN = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
MOTIVATION = {
    "enum": [
        *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
        *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
    ]
}
WITH_CONTEXT = {"anyOf": [{"const": CONTEXT}, {"type": "array", "contains": {"const": CONTEXT}}]}


def _typed(name: str, properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"type": {"const": name}, **properties},
        "required": ["type", *required],
    }


TEXTUAL = _typed(
    "TextualBody",
    {
        "value": {"type": "string"},
        "format": {"type": "string", "pattern": "^[a-z]+/"},
        "language": {"type": "string"},
        "purpose": MOTIVATION,
    },
    ("value",),
)
QUOTE = _typed(
    "TextQuoteSelector",
    {"exact": {"type": "string", "minLength": 1}, "prefix": {"type": "string"}, "suffix": {"type": "string"}},
    ("exact",),
)
POSITION = _typed(
    "TextPositionSelector",
    {"start": {"type": "integer", "minimum": 0}, "end": {"type": "integer", "minimum": 0}},
    ("start", "end"),
)
STATE = _typed("TimeState", {"sourceDate": WHEN, "cached": IRI}) | {
    "anyOf": [{"required": ["sourceDate"]}, {"required": ["cached"]}]
}
SPECIFIC = _typed(
    "SpecificResource",
    {
        "source": IRI,
        "purpose": MOTIVATION,
        "selector": {"type": "array", "items": {"oneOf": [QUOTE, POSITION]}, "minItems": 1},
        "state": {"type": "array", "items": STATE, "minItems": 1},
    },
    ("source",),
)
AGENT = _typed("Software", {"id": IRI, "name": {"type": "string"}})
INSIDE = _typed(
    "Annotation",
    {
        "id": IRI,
        "motivation": MOTIVATION,
        "created": WHEN,
        "modified": WHEN,
        "creator": AGENT,
        "generator": AGENT,
        "body": {"type": "array", "items": {"oneOf": [TEXTUAL, SPECIFIC]}},
        "target": SPECIFIC,
    },
    ("id", "target"),
) | {"not": {"required": ["body", "bodyValue"]}}
ALONE = INSIDE | {"required": ["@context", "id", "type", "target"]}
ALONE["properties"] = {**INSIDE["properties"], "@context": WITH_CONTEXT}
COUNT = {"type": "integer", "minimum": 0}
COLLECTION = _typed(
    "AnnotationCollection",
    {"@context": WITH_CONTEXT, "id": IRI, "label": {"type": "string"}, "total": COUNT, "first": IRI, "last": IRI},
    ("@context", "id", "total"),
) | {"if": {"properties": {"total": {"minimum": 1}}}, "then": {"required": ["first", "last"]}}
PAGE = _typed(
    "AnnotationPage",
    {
        "@context": WITH_CONTEXT,
        "id": IRI,
        "partOf": _typed("AnnotationCollection", {"id": IRI, "total": COUNT}, ("id",)),
        "startIndex": COUNT,
        "next": IRI,
        "prev": IRI,
        "items": {"type": "array", "items": INSIDE},
    },
    ("@context", "id", "items"),
)

# The terms that our annotations use, and what the W3C's context says that each of them is.
TERMS: dict[str, Any] = {
    "@version": 1.1,
    "oa": OA,
    "as": "http://www.w3.org/ns/activitystreams#",
    "dcterms": "http://purl.org/dc/terms/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    **{
        name: f"oa:{name}"
        for name in (
            *(
                "Annotation",
                "SpecificResource",
                "TextualBody",
                "TextQuoteSelector",
                "TextPositionSelector",
                "TimeState",
            ),
            *("identifying", "describing", "classifying", "commenting"),
        )
    },
    "Software": "as:Application",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "state": {"@type": "@id", "@id": "oa:hasState"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "creator": {"@type": "@id", "@id": "dcterms:creator"},
    "generator": {"@type": "@id", "@id": "as:generator"},
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
    "sourceDate": {"@id": "oa:sourceDate", "@type": "xsd:dateTime"},
    "cached": {"@type": "@id", "@id": "oa:cachedSource"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "name": "foaf:name",
}
