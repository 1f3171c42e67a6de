"""A zip of all that cannot be made anew, and the way back.

dalil-backup.json    what the zip is, and which generation was live
documents/…          the documents' folder: documents, catalogue, aliases, questions
state.sqlite         what the bot remembers, where that is an SQLite file
staged/…             what was sent in and is not published yet, each with what is said of it
generation/…         the live generation (it may be left out: it can be built again of what lies in documents/)
"""
