"""A database that knows where a claim came from: who is really behind it, and how many independent origins it has."""
