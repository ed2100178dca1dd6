"""Messages, and what stands beside them in each person's list of chats."""
