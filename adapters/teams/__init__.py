"""Microsoft Teams: activities in, Adaptive Cards out. Only ``hosting.py`` knows the Bot SDK."""
