#!/bin/sh
# Spreads generations over shards by document. The first server is the coordinator, the others are shards 1, 2, …
#
#   export PGUSER=postgres PGPASSWORD=… DATABASE_PASSWORD=…
#   deploy/shards/set-up.sh coordinator.example shard-1.example shard-2.example
#
# PGUSER is a superuser of all servers. Each is written HOST, HOST:PORT or /FOLDER of a socket, and has PostgreSQL 16 or
# newer with pgvector 0.7 or newer; shards must ask for passwords. DATABASE_PASSWORD becomes the password of the role
# dalil there (DATABASE_NAME gives role and database another name). Run it again to add a shard at the end or to move
# one; builds from then on use all shards.
set -eu
: "${DATABASE_PASSWORD:?the password that the role is to have}"
here=$(dirname "$0")

in_psql() { # SERVER DATABASE FILE [OPTION…]
    server=$1 database=$2 file=$3
    shift 3
    psql --no-psqlrc --no-password --quiet --host "$(host_of "$server")" --port "$(port_of "$server")" \
        --dbname "$database" --set name="$name" "$@" --file "$here/$file"
}
host_of() { echo "${1%:*}"; }
port_of() { case $1 in *:*) echo "${1##*:}" ;; *) echo "${PGPORT:-5432}" ;; esac }

name=${DATABASE_NAME:-dalil}
coordinator=$1
shift
in_psql "$coordinator" postgres server.sql
number=0
for shard in "$@"; do
    number=$((number + 1))
    in_psql "$shard" postgres server.sql
    in_psql "$shard" "$name" shard.sql
    in_psql "$coordinator" "$name" coordinator.sql \
        --set number="$number" --set host="$(host_of "$shard")" --set port="$(port_of "$shard")"
done
echo "$number shards; set DALIL_DATABASE_URL to the database $name of the coordinator, then  dalil index PATH…"
