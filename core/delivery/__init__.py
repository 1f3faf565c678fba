"""Notices and their deliveries: who is told what, where, and what came of it."""
