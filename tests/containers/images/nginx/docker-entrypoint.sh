#!/bin/sh
# As the public image: before nginx starts, run the executable scripts of /docker-entrypoint.d.
# shellcheck disable=SC1090 # the scripts belong to the image that builds on this one
set -e
if [ "$1" = nginx ] || [ "$1" = nginx-debug ]; then
    for script in /docker-entrypoint.d/*; do
        case "$script" in
            *.envsh) if [ -x "$script" ]; then . "$script"; fi ;;
            *.sh) if [ -x "$script" ]; then "$script"; fi ;;
        esac
    done
fi
exec "$@"
