"""Text in, candidates out: who is said to have said what, with which figures, when. No database and no network."""
