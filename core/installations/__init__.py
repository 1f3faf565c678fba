"""Where the app is installed: which tenants let it in, with which tokens, and who approves them."""
