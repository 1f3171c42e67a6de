"""Generations in PostgreSQL: one database for any number of machines.

dalil.generations   all there are, with their state and manifest
dalil.live          the live one: switched in one transaction, which tells all readers
dalil.builder       who holds, or held last, the build lock
dalil.shards        further servers over which new generations are spread, where deploy/shards/ has set them up
dalil_g000007       the tables of generation 7; once it is finished, nothing in them is ever changed
"""
