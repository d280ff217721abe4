"""The command line: the ten questions, asked and answered in a terminal, from the same reads as the API."""
