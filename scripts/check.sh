#!/bin/bash
# Every check that needs no test run. All of them run, whatever fails; the last lines name the failed ones.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
# Checks neither read nor leave data.
SHOUWEN_HOME=$(mktemp -d)
export SHOUWEN_HOME
trap 'rm -rf "$SHOUWEN_HOME"' EXIT
failed=()

check() {
    local name=$1 output
    shift
    if output=$("$@" 2>&1); then
        printf '  ok      %s\n' "$name"
    else
        printf '  FAILED  %s\n%s\n' "$name" "$output"
        failed+=("$name")
    fi
}

mapfile -t templates < <(find src -path '*/templates/*.html')
check "format (ruff)" ruff format --check --quiet --diff .
check "lint (ruff)" ruff check --quiet .
check "types (mypy)" mypy src tests scripts benches
check "layers (import-linter)" lint-imports
check "templates (djade)" djade --check --target-version 5.2 "${templates[@]}"
check "templates (djlint)" djlint --lint --quiet src
check "translations" python scripts/messages.py --check
check "vendored files" python scripts/vendor.py --check
check "settings, models, migrations" shouwen check
check "standard pack" shouwen standard check standard/antai

if [ ${#failed[@]} -gt 0 ]; then
    printf '检查未通过 / checks failed: %s\n' "$(IFS=,; echo "${failed[*]}")"
    exit 1
fi
