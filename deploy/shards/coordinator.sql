-- On the coordinator, once for each shard: the way to the shard :number, which is at :host, :port.
-- As a superuser, in the database :name; DATABASE_PASSWORD is in the environment. May be run again, also to move a
-- shard to another address.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
\getenv password DATABASE_PASSWORD
\set server dalil_shard_ :number
\set statements shard_ :number _statements
\set sizes shard_ :number _sizes
\set coordinator shard_ :number _coordinator

CREATE EXTENSION IF NOT EXISTS postgres_fdw;
-- Shards are asked at the same time, for many rows at a time; a dead one is noticed. They know pgvector's operators.
CREATE SERVER IF NOT EXISTS :"server" FOREIGN DATA WRAPPER postgres_fdw OPTIONS (
    host '', port '5432', dbname '', extensions 'vector', async_capable 'true', fetch_size '1000', batch_size '1000',
    connect_timeout '5', keepalives_idle '10', keepalives_interval '5', keepalives_count '4'
);
ALTER SERVER :"server" OPTIONS (SET host :'host', SET port :'port', SET dbname :'name');
CREATE USER MAPPING IF NOT EXISTS FOR :"name" SERVER :"server" OPTIONS (user '', password '');
ALTER USER MAPPING FOR :"name" SERVER :"server" OPTIONS (SET user :'name', SET password :'password');
GRANT USAGE ON FOREIGN SERVER :"server" TO :"name";

SET ROLE :"name";
CREATE SCHEMA IF NOT EXISTS dalil;
CREATE FOREIGN TABLE IF NOT EXISTS dalil.:"statements" (statement text)
    SERVER :"server" OPTIONS (schema_name 'dalil', table_name 'statements');
CREATE FOREIGN TABLE IF NOT EXISTS dalil.:"sizes" (name text, bytes bigint)
    SERVER :"server" OPTIONS (schema_name 'dalil', table_name 'sizes');
CREATE FOREIGN TABLE IF NOT EXISTS dalil.:"coordinator" (identity uuid)
    SERVER :"server" OPTIONS (schema_name 'dalil', table_name 'coordinator');

-- A shard of two coordinators would lose the tables of one to the other.
CREATE TABLE IF NOT EXISTS dalil.identity (
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    identity uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO dalil.identity DEFAULT VALUES ON CONFLICT DO NOTHING;
INSERT INTO dalil.:"coordinator" SELECT identity FROM dalil.identity
WHERE NOT EXISTS (SELECT FROM dalil.:"coordinator");
SELECT count(*) = 0 AS is_foreign FROM dalil.:"coordinator" JOIN dalil.identity USING (identity) \gset
\if :is_foreign
    DO $$ BEGIN RAISE EXCEPTION 'this is a shard of another coordinator: give DATABASE_NAME another name'; END $$;
\endif

CREATE TABLE IF NOT EXISTS dalil.shards (number int PRIMARY KEY);
INSERT INTO dalil.shards VALUES (:number) ON CONFLICT DO NOTHING;
