#!/bin/bash
# Locks versions and hashes of everything that requirements/*.in ask for. Add --upgrade for newer versions.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
    .venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
        --no-header --annotation-style line "$@"
}

lock "$@" requirements/run.in requirements/build.in --output-file requirements/run.lock
# The extras fit what an installation runs; each lock holds all that its extra needs.
lock "$@" requirements/audio.in --constraint requirements/run.lock --output-file requirements/audio.lock
lock "$@" requirements/audio.in requirements/asr.in --constraint requirements/run.lock \
    --output-file requirements/asr.lock
# The tools are added to the very versions that an installation runs.
lock "$@" requirements/dev.in requirements/build.in --constraint requirements/run.lock \
    --output-file requirements/dev.lock
