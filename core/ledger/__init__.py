"""The ledger: accounts of time, movements that sum to zero, and nothing ever rubbed out."""
