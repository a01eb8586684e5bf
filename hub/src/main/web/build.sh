#!/bin/sh
# Builds the page into folder $1; does nothing when the stamp, file $2, is newer than every source.
set -eu
out=$1
stamp=$2
cd "$(dirname -- "$0")"

fresh() {
    [ -e "$out/index.html" ] && [ -e "$stamp" ] &&
        [ -z "$(find . -mindepth 1 \( -name node_modules -o -name dist \) -prune -o -newer "$stamp" -print | head -n 1)" ]
}

if fresh; then exit 0; fi
command -v npm >/dev/null 2>&1 || {
    echo "The hub's page is built with Node 20.19 or newer and npm: install them (Debian: nodejs npm)," >&2
    echo "or build a hub without its page: -Dfacet.web.skip=true" >&2
    exit 1
}
mkdir -p "$(dirname -- "$out")" "$(dirname -- "$stamp")"
touch "$stamp.new"
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --no-audit --no-fund --loglevel=error
fi
FACET_WEB_OUT=$out npm run --silent build -- --logLevel warn
mv "$stamp.new" "$stamp"
