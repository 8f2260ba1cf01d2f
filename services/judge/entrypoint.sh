#!/bin/sh
# Starts boxd with the two capabilities that the container has, and the judge below it with none.
#
# Where control groups are mounted at /cgroup (compose/judge-cgroup-*.yml), each container makes one
# of its own there: several judges share the mount.
set -eu

name=$(hostname)
groups=none

# Groups of judges that are gone. One that lives always has a process in it.
remove_abandoned() {
    for group in "$1"/*/; do
        [ -d "$group" ] || continue
        [ -n "$(find "$group" -name cgroup.procs -exec cat {} + 2>/dev/null)" ] && continue
        find "$group" -depth -type d -mmin +2 -exec rmdir {} + 2>/dev/null || true
    done
}

for root in /cgroup /cgroup/*; do
    [ -e "$root/cgroup.procs" ] || continue
    if [ -e "$root/cgroup.subtree_control" ]; then
        echo "+memory +pids" > "$root/cgroup.subtree_control"
    fi
    remove_abandoned "$root"
    mkdir -p "$root/$name"
    groups=$name
    [ "$root" != /cgroup ] || break
done

# User ids for boxes that no other judge on this host uses: 512 for each, by the container's name.
number=$(printf '%d' "0x$(printf '%s' "$name" | sha256sum | cut -c 1-4)")
uid_base=$((1900000000 + number % 1900 * 512))

# As the judge's own user, who owns the cache: root without capabilities cannot write there.
binds=$(setpriv --reuid 10005 --regid 10005 --clear-groups python -c '
import os, pathlib
from judge.languages.headers import HEADERS
from judge.sandbox.runtimes import default_binds
folder = pathlib.Path(os.environ["JUDGE_CACHE_DIR"], "headers")
folder.mkdir(parents=True, exist_ok=True)
for bind in default_binds([f"{folder}:{HEADERS}"]):
    print("--bind", bind)
')

# shellcheck disable=SC2086 # words of their own: no bind has a space in it
exec /opt/codeplace/boxd --cgroup "$groups" --uid-base "$uid_base" $binds \
    --drop-to 10005:10005 -- "$@"
