"""Keeping patient details and private facts out, and pointing to help where words ask for it."""
