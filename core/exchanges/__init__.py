"""Exchanges: from "I can help" to an hour that both sides confirmed, and the talk on the way."""
