"""The last things a member did, so that ``undo`` can take one back."""
