# Every target sets itself up from nothing; the second call finds that done.
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help demo dev check test soak bench bench-quick pictures lineage lint lock clean debian-packages

environment := .venv/project.stamp
fast := $(addprefix retailsync_assets_tests/,config workflow ledger project/test_layout.py)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name text; do printf '  make %-11s %s\n' "$$name" "$$text"; done

demo: $(environment) ## one nightly run, end to end, in a sandbox with its own Retail Pro, SFTP server and HotWax
	@.venv/bin/retailsync demo

dev: $(environment) ## the same sandbox, kept running, with the Dagster UI
	@.venv/bin/retailsync dev

check: lint ## lint, types, import layers and the fast tests, in a minute: for use while writing
	.venv/bin/python -m pytest -q $(fast) -k "not MariaDB and not PostgreSQL" $(PYTEST)

test: debian-packages lint ## lint, types and every test; PYTEST="-k word" narrows it
	.venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(PYTEST)

soak: debian-packages $(environment) ## a thousand killed runs, 100,000 histories, 10,000 damaged files, a fuzzed parser, the larger model: over two hours; NIGHTS=100 HISTORIES=5000 FILES=500 for fewer
	.venv/bin/python -m retailsync_assets_tests.delivery.model 4 5
	.venv/bin/python -m retailsync_assets_tests.end_to_end.histories $(or $(HISTORIES),100000)
	.venv/bin/python -m retailsync_assets_tests.end_to_end.kills $(or $(NIGHTS),1000)
	.venv/bin/python -m retailsync_assets_tests.raw_file.damage $(or $(FILES),10000)
	.venv/bin/python -m retailsync_assets_tests.raw_file.fuzz

bench: $(environment) ## the benchmarks, with the programs compared; writes docs/performance.md
	.venv/bin/python -m benchmarks

bench-quick: $(environment) ## checks that the benchmarks run: a small file, one round, writes nothing under docs/
	.venv/bin/python -m benchmarks --quick --no-peers

pictures: $(environment) ## takes the screenshots of docs/ again, after two weeks of runs; needs Chromium
	.venv/bin/python -m retailsync_assets_tests.project.pictures

lineage: $(environment) ## derives the column lineage from sql/ and writes sql/lineage.json
	.venv/bin/python -m retailsync_assets_tests.assets.lineage

lint: $(environment) ## ruff, import-linter and pyright
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/lint-imports
	.venv/bin/basedpyright

lock: ## writes requirements.lock and those of deploy/ again (needs uv); UPGRADE=--upgrade takes new versions
	@UPGRADE=$(UPGRADE) tools/lock

clean: ## removes the environment, caches and build results; keeps .retailsync, which holds state
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

debian-packages:
	@tools/debian-packages

# A changed lock creates the environment again, so that nothing is left of the old one; a changed project is only installed again.
.venv/lock.stamp: requirements.lock
	@python=$$(tools/find-python) && echo "Making .venv with $$python" && "$$python" -m venv --clear .venv
	@echo "Installing requirements.lock" && .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(environment): .venv/lock.stamp pyproject.toml setup.cfg
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
