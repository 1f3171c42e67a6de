"""What administrators do in their private chats with the bot. Whoever is none gets the answers that everybody gets."""
