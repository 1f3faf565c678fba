"""What the browser loads: one style sheet, a few script modules and the mark."""
