"""Pages for people: the same answers as the JSON, from the same reads, drawn on the server."""
