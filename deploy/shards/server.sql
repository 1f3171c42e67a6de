-- On every server: the role and the database that Dalil uses, both called :name, and pgvector in it.
-- As a superuser, in any database; DATABASE_PASSWORD is in the environment. May be run again.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
\getenv password DATABASE_PASSWORD
DO $$ BEGIN
    IF current_setting('server_version_num')::int < 160000 THEN  -- older ones send rows to shards one by one
        RAISE EXCEPTION 'PostgreSQL 16 or newer is needed';
    END IF;
END $$;

SELECT format('CREATE ROLE %I LOGIN', :'name')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
ALTER ROLE :"name" PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'name')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec

\connect :"name"
SET client_min_messages = warning;
-- In the same schema everywhere: the coordinator names its operators to the shards.
CREATE EXTENSION IF NOT EXISTS vector SCHEMA public;
