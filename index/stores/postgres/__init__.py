"""The parts of a generation as tables of PostgreSQL, with vectors in pgvector: a schema for each generation."""
