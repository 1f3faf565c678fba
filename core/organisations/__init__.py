"""Organisations, the tenants that serve them, their sites, contacts, and who holds which role."""
