"""Events: what a champion announces, from the first message to what came of it."""
