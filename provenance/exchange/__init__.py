"""What leaves and enters in formats that others defined: each writes what we hold, or reads it, or both."""
