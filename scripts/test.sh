#!/bin/bash
# Everything `make test` does once the environment stands: what Debian has to give, all checks, all tests.
# The last line is `N passed, N failed`; anything failed, or no test at all, ends with an error.
set -uo pipefail
cd "$(dirname "$0")/.."
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
good=true
# What Python compiled once, every process of the tests may use, whatever this machine is set to.
unset PYTHONDONTWRITEBYTECODE
# Where all runs on SQLite find the migrated database.
export SHOUWEN_TEST_MIGRATED=$reports

say() { printf '%s\n' "$@"; }

missing_packages() {
    [ -x /usr/bin/chromium ] || echo chromium
    [ -n "$(fc-list :lang=zh 2>/dev/null)" ] || echo fonts-noto-cjk fontconfig
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
}

ensure_packages() {
    local missing
    missing=$(missing_packages | xargs)
    [ -z "$missing" ] && return
    say "正在安装 / installing: $missing"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing \
                >"$reports/apt" 2>&1 || cat "$reports/apt"
        [ -z "$(missing_packages)" ] && return
    fi
    say "测试还需要：$missing。请以管理员身份运行 apt-get install $missing，再重试。" \
        "The tests also need: $missing. Run \`apt-get install $missing\` as root, then try again."
    return 1
}

run() {
    local name=$1
    shift
    say "" "== $name"
    timeout --kill-after=10 900 .venv/bin/pytest --quiet --no-header --junitxml "$reports/$name.xml" "$@" || good=false
}

# The checks, and one after the other the tests that mostly wait for processes which they start and kill.
processes=(tests/faults tests/bench tests/installation tests/config/test_doctor_on_sqlite.py)
aside() {
    say "" "== checks"
    scripts/check.sh || good=false
    SHOUWEN_TEST_DATABASE=sqlite run processes "${processes[@]}"
    $good
}

ensure_packages || exit 1
aside >"$reports/aside" 2>&1 &
aside=$!
run core tests/core tests/standard

apps=(tests --ignore tests/core --ignore tests/standard --ignore tests/journeys)
# What never reaches the database differently is not run twice: pages, the gallery, who may go where;
# an installation is set up on either in one run.
pages=(--ignore tests/ui --ignore tests/demo --ignore tests/bench --ignore tests/test_architecture.py
    --ignore tests/test_permission_matrix.py --ignore tests/test_role_routes.py
    --ignore-glob 'tests/apps/*/test_*pages.py' --ignore tests/apps/clauses
    --ignore tests/apps/editions/test_archives.py --ignore tests/apps/editions/test_commands.py
    --ignore tests/apps/cases/test_other_utility.py --ignore tests/installation
    --ignore tests/config/test_doctor_on_sqlite.py)
# Three at a time on two processors: many tests wait.
SHOUWEN_TEST_DATABASE=sqlite run sqlite -n 2 --dist worksteal "${apps[@]}" "${processes[@]/#/--ignore=}"
wait "$aside" || good=false
cat "$reports/aside"
SHOUWEN_TEST_DATABASE=postgresql run postgresql -n 3 --dist worksteal "${apps[@]}" "${pages[@]}"
SHOUWEN_TEST_DATABASE=sqlite run journeys -n 2 --dist worksteal tests/journeys

$good || say "" "有检查或测试未通过，见上文 / a check or a test failed, see above"
.venv/bin/python scripts/totals.py "$reports"/*.xml && $good
