"""The numbers that each system sets for itself."""
