"""What the timebank means: the engine and its rooms, with no chat, web or database code."""
