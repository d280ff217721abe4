"""One router per noun: thin endpoints over ``provenance.storage.reads`` and ``provenance.storage.writes``."""
