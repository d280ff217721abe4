"""Claims, documents and events as W3C PROV tells provenance: written in its five notations, and read from PROV-JSON."""
