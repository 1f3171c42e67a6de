"""What the bot remembers: stored updates, people, chats, memory, receipts, feedback, limits.

``bot.state.store.Store`` is the whole of it; ``values`` and ``errors`` load no database.
"""
