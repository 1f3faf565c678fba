"""Posts: offers and asks, from one typed line or a form to a card that others find."""
