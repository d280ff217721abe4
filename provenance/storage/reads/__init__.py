"""Every SELECT, by the question that it answers."""
