-- On each shard, after server.sql: how vectors are searched, and a way by which the coordinator makes tables here.
-- As a superuser, in the database :name. May be run again.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;

-- Candidates of a search through the graph: as Dalil sets it where there are no shards.
ALTER DATABASE :"name" SET hnsw.ef_search = 400;
-- Both keep the graph, and short queries, from being passed over for slower ways.
ALTER DATABASE :"name" SET enable_seqscan = off;
ALTER DATABASE :"name" SET jit = off;

SET ROLE :"name";
CREATE SCHEMA IF NOT EXISTS dalil;

-- A statement that is written here is done at once and not kept, in the transaction of the coordinator that wrote it:
-- the tables of a generation are made and dropped on all servers together. It is done with the rights of who writes it.
CREATE TABLE IF NOT EXISTS dalil.statements (statement text NOT NULL);
CREATE OR REPLACE FUNCTION dalil.done() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    EXECUTE NEW.statement;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER done BEFORE INSERT ON dalil.statements FOR EACH ROW EXECUTE FUNCTION dalil.done();

-- Whose shard this is.
CREATE TABLE IF NOT EXISTS dalil.coordinator (
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    identity uuid NOT NULL
);

CREATE OR REPLACE VIEW dalil.sizes AS
SELECT n.nspname::text AS name, sum(pg_total_relation_size(c.oid))::bigint AS bytes
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname LIKE 'dalil\_g%'
GROUP BY n.nspname;
