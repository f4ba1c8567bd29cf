# 首问 Shouwen. `make` lists the commands.
.DEFAULT_GOAL := help
.PHONY: help setup dev demo test check bench lock vendor-check clean
SHELL := /bin/bash

HOMES ?= 5000
BUSINESSES ?= 120
PORT ?= 8000

help: ## 列出命令 / list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready-run ## 环境与依赖 / environment and dependencies
dev: .venv/.ready-dev ## 另加检查与测试工具 / also the tools for checks and tests

.venv/.ready-run .venv/.ready-dev: .venv/.ready-%: requirements/%.lock pyproject.toml scripts/setup.sh
	@scripts/setup.sh $*

demo: setup ## 演示城市（HOMES= BUSINESSES= PORT=）/ a demo city, ready to look at
	@.venv/bin/shouwen demo --homes $(HOMES) --businesses $(BUSINESSES) --port $(PORT)

test: dev ## 全部检查与测试 / all checks and all tests
	@scripts/test.sh

bench: dev ## 性能表，一百万客户（约 15 分钟）/ figures with a million customers, about 15 minutes
	@.venv/bin/python -m benches

check: dev ## 全部检查，不跑测试 / all checks, no tests
	@scripts/check.sh

lock: dev ## 重新锁定依赖 / lock the dependencies anew
	@scripts/lock.sh

vendor-check: dev ## 核对随附的第三方文件 / compare vendored files with their hashes
	@.venv/bin/python scripts/vendor.py --check

clean: ## 删除环境与缓存，保留 var/ 里的数据 / remove environment and caches, keep the data in var/
	rm -rf .venv build src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
