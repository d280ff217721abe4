"""Pictures of answers, drawn on the server as SVG: every one has a text beside it that says the same."""
