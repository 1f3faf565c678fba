"""Members: joining, linking chats, names and languages, settings, leaving."""
