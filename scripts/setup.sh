#!/bin/bash
# Makes .venv and installs exactly what requirements/<set>.lock names: `scripts/setup.sh run|dev`.
set -euo pipefail
cd "$(dirname "$0")/.."
set_name=$1
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore PIP_REQUIRE_VIRTUALENV=

say() { printf '%s\n' "$@" >&2; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3 python3.11 python3.12 python3.13; do
        if [ -n "$candidate" ] && "$candidate" -c \
            'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    say "需要 Python 3.11 至 3.13，请先安装。" "Python 3.11 to 3.13 is needed: install it first."
    return 1
}

# Debian ships Python without the part that makes environments.
ensure_venv_module() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "正在安装 / installing: python3-venv"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            python3-venv >/dev/null
        "$python" -c 'import ensurepip, venv' && return
    fi
    say "Python 缺少 venv：请以管理员身份运行 apt-get install python3-venv，再重试。" \
        "Python lacks venv: run \`apt-get install python3-venv\` as root, then try again."
    return 1
}

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    ensure_venv_module
    "$python" -m venv --clear .venv
fi
say "正在安装依赖 / installing requirements/$set_name.lock …"
.venv/bin/python -m pip install --quiet --require-hashes -r "requirements/$set_name.lock"
# Build tools come from the lock as well; nothing else is fetched.
.venv/bin/python -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
touch ".venv/.ready-$set_name" .venv/.ready-run # the tools come on top of what an installation runs
say "环境就绪 / the environment is ready: .venv/bin/shouwen"
