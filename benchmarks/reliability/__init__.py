"""Drills: the server is killed, crowded and attacked on purpose, and what it promised is held against what it did."""
