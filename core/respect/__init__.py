"""Respect for a reader's time: when they may be written to, how often, and about what."""
