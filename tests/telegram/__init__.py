"""A double of the Telegram Bot API on the loopback interface, for tests that talk to it by HTTP alone.

Made after the Bot API's documentation, the observable behaviour of its server and what python-telegram-bot 22.8 sends.
Where a rule of Telegram's is lenient and only hides a mistake of the bot's, the double refuses: it says so there.
"""
