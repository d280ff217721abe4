"""How well articles are read, held against gold: our own texts, and public corpora where their folder is there."""
