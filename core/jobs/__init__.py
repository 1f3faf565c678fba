"""What the clock has started, slot by slot."""
