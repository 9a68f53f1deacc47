#!/bin/sh
# Locks every requirement by version and hash, for every platform, without any registry's address.
# whoosh3.txt is the development set with another build of Whoosh: the two have the same import name
# and must never stand in one environment.
set -eu
cd "$(dirname "$0")/.."

compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate "$@"
}

compile pyproject.toml --extra dev --extra semantic -o requirements/development.txt
compile pyproject.toml -c requirements/development.txt -o requirements/runtime.txt
compile pyproject.toml --extra semantic -c requirements/development.txt -o requirements/semantic.txt

aside=$(mktemp -d)
trap 'rm -rf "$aside"' EXIT
sed 's/"whoosh==2\.7\.4"/"whoosh3==3.54.0"/' pyproject.toml >"$aside/pyproject.toml"
compile "$aside/pyproject.toml" --extra dev --extra semantic -c requirements/development.txt \
    -o requirements/whoosh3.txt
