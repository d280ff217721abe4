"""Takes PROV-JSON in: what we wrote ourselves is known again, what others wrote becomes proposals."""
