"""Small programs for the build: nothing here is part of Hourbridge itself."""
