-- Two roles and a database on a PostgreSQL of your own, 15 or newer; as its superuser, with psql:
--
--   export BAODAO_OWNER_PASSWORD='…' BAODAO_APP_PASSWORD='…'
--   psql -X -f deploy/roles.sql
--
-- Running it again changes nothing but the passwords. Other names: -v database=… -v owner=… -v app=…
\set ON_ERROR_STOP on
\set QUIET on
\getenv owner_password BAODAO_OWNER_PASSWORD
\getenv app_password BAODAO_APP_PASSWORD
\if :{?owner_password} \else
DO $$ BEGIN RAISE EXCEPTION 'Set BAODAO_OWNER_PASSWORD first; nothing was made.'; END $$;
\endif
\if :{?app_password} \else
DO $$ BEGIN RAISE EXCEPTION 'Set BAODAO_APP_PASSWORD first; nothing was made.'; END $$;
\endif
\if :{?database} \else \set database baodao
\endif
\if :{?owner} \else \set owner baodao_owner
\endif
\if :{?app} \else \set app baodao_app
\endif

SET password_encryption = 'scram-sha-256';
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
SET log_min_duration_statement = -1;

-- The owner migrates and restores; the application owns nothing.
SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY[:'owner', :'app']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOBYPASSRLS PASSWORD :'app_password';

-- C.UTF-8: under the locale C search silently finds no Chinese.
SELECT format(
    'CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' LC_COLLATE ''C.UTF-8'' LC_CTYPE ''C.UTF-8'' '
    'TEMPLATE template0', :'database', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
REVOKE CONNECT, TEMPORARY ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"app";

\connect :database
SET client_min_messages = 'warning';
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
