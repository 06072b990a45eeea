"""The outbound edge: chats. What people ask, what they are told, and how a message is delivered."""
