#!/bin/bash
# The behaviour of the public image that a compose file may rely on: settings from POSTGRES_* or
# POSTGRES_*_FILE, the database made once, the scripts of /docker-entrypoint-initdb.d run on it.
# shellcheck disable=SC1007,SC1090,SC2097,SC2098 # empty variables for one command are meant; scripts
# belong to whoever mounts them
set -Eeuo pipefail

setting() {
    local name=$1 default=${2:-} file="${1}_FILE"
    if [ -n "${!name:-}" ] && [ -n "${!file:-}" ]; then
        echo "error: both $name and $file are set (but are exclusive)" >&2
        exit 1
    fi
    local value=${!name:-$default}
    if [ -n "${!file:-}" ]; then value=$(<"${!file}"); fi
    export "$name"="$value"
    unset "$file"
}

as_superuser() {
    PGHOST= PGHOSTADDR= psql -v ON_ERROR_STOP=1 --no-password --no-psqlrc \
        --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" "$@"
}

create_database() {
    if [ -z "$POSTGRES_PASSWORD" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ]; then
        echo "Error: Database is uninitialized and superuser password is not specified." >&2
        exit 1
    fi
    eval "initdb --username=\"$POSTGRES_USER\" --pwfile=<(printf '%s\n' \"$POSTGRES_PASSWORD\") ${POSTGRES_INITDB_ARGS:-}"
    printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >> "$PGDATA/pg_hba.conf"
    PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -w start \
        -o "-c listen_addresses='' -p 5432" </dev/null
    if [ "$POSTGRES_DB" != postgres ]; then
        POSTGRES_DB=postgres as_superuser --set db="$POSTGRES_DB" <<< 'CREATE DATABASE :"db" ;'
    fi
    local script
    for script in /docker-entrypoint-initdb.d/*; do
        case "$script" in
            *.sh) if [ -x "$script" ]; then "$script"; else . "$script"; fi ;;
            *.sql) as_superuser -f "$script" ;;
            *.sql.gz) gunzip -c "$script" | as_superuser ;;
        esac
    done
    PGUSER=$POSTGRES_USER pg_ctl -D "$PGDATA" -m fast -w stop
    echo "PostgreSQL init process complete; ready for start up."
}

if [ "${1:0:1}" = '-' ]; then set -- postgres "$@"; fi
if [ "$1" = postgres ]; then
    if [ "$(id -u)" = 0 ]; then
        mkdir -p "$PGDATA" && chmod 00700 "$PGDATA" && chown -R postgres "$PGDATA"
        exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
    fi
    mkdir -p "$PGDATA" && chmod 00700 "$PGDATA" || :
    setting POSTGRES_PASSWORD
    setting POSTGRES_USER postgres
    setting POSTGRES_DB "$POSTGRES_USER"
    setting POSTGRES_INITDB_ARGS
    if [ ! -s "$PGDATA/PG_VERSION" ]; then create_database; fi
fi
exec "$@"
