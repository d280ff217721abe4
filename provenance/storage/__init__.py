"""Tables by noun; every SELECT in ``reads``, every INSERT and UPDATE in ``writes``."""
