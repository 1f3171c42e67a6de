"""A state that lasts while its server is lost: it is read from a replica, and what is written waits on this machine.

``bot.state.lasting.store.LastingStore`` is the whole of it. What waits is in an SQLite file of the process's own: rows
as they are meanwhile, which are read before those of the replica, and a journal of what was said to the state, in
order. When the server is back, or another has taken its place, the journal is said to it, once, and the rows go.
"""
