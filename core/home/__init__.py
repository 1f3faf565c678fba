"""Home, help and undo: where a person starts, finds their way, and takes a step back."""
