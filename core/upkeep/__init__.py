"""Upkeep: what was only kept for a while goes when its time is over."""
