"""Interfaces that others defined, under the addresses, parameters and errors that their clients expect."""
