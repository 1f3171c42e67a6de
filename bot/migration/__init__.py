"""A library moves from files to PostgreSQL, or back: all generations with their numbers, and what the bot remembers.

The target answers nobody before all is there and compared. Killed in the middle, it is gone on with the next time.
"""
