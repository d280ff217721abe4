"""The database over HTTP: JSON under ``/v1``, described by ``/openapi.json``."""
