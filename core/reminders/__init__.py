"""Reminders: what waits for somebody, said again a few times and then no more."""
