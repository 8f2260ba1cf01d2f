#!/bin/sh
# As the public image: templates become configuration, replacing only variables that exist.
set -e
templates=${NGINX_ENVSUBST_TEMPLATE_DIR:-/etc/nginx/templates}
suffix=${NGINX_ENVSUBST_TEMPLATE_SUFFIX:-.template}
output=${NGINX_ENVSUBST_OUTPUT_DIR:-/etc/nginx/conf.d}
filter=${NGINX_ENVSUBST_FILTER:-}
[ -d "$templates" ] || exit 0
# shellcheck disable=SC2016,SC2046 # names for envsubst, which are words of their own
defined=$(printf '${%s} ' $(awk 'END { for (name in ENVIRON) if (name ~ /'"$filter"'/) print name }' < /dev/null))
find "$templates" -follow -type f -name "*$suffix" | while read -r template; do
    relative=${template#"$templates/"}
    target="$output/${relative%"$suffix"}"
    mkdir -p "$(dirname "$target")"
    envsubst "$defined" < "$template" > "$target"
done
