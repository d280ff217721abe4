"""Backups: one file that holds a whole database as it was at one moment, and fills an empty one of either kind.

It holds rows, not pages of a file, so what was redacted is in none of them, and it needs no tool of PostgreSQL. Beside
what a whole copy holds there are keys (their hashes), the secrets of hooks, what waits to be sent, and all that is
derived. Left out are the search index, which is made anew, and browser sessions: who had logged out stays so.
"""
