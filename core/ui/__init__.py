"""The small vocabulary of views, forms, intents and replies that platforms share as values."""
