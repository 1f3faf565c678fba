"""Conversations: the group chats, teams and channels that the app is in, to post to them."""
