"""The documents as administrators see them: sent in, looked at, published, withdrawn, brought back.

DOCUMENTS/                    the documents with their catalogue; people may put files there by hand too
DATA/shelf/staged/ID/         a document that was sent in: its content, and a JSON of what is known of it
DATA/shelf/records/000007     which files the folder held before generation 7 was live, and which since
DATA/shelf/objects/           the content of files that a record replaced or brought, by checksum
DATA/shelf/proposals/…        a folder of links as the documents would be, while a build reads it
DATA/shelf/step               there while the folder is being changed; whoever opens the shelf next ends it
"""
