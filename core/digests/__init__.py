"""Digests: once a week what needs a member, what fits them, and how everybody did."""
