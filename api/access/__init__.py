"""Who may do what: identifies whoever asks, holds every route to its rule, and lets nobody ask too much."""
