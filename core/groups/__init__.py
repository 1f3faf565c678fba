"""Group exchanges: one giver, many receivers, and to each no more than they accepted."""
