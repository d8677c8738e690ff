# make demo    the story, played on a real server on this machine    ONCE=1 ends after it, DATA=DIR chooses the folder
# make test    everything that continuous integration runs
# make check   the quick part: format, lints, tests without PostgreSQL and without a browser

DATA ?= var/demo
ONCE ?=
# The weights that the embedded model starts with: an identifier of crates/local-model/models.toml.
MODEL ?= qwen15b

# cargo-nextest when it is there; a fresh Debian with Rust has only cargo test, which runs the same tests.
RUN_TESTS := $(shell cargo nextest --version >/dev/null 2>&1 && echo "cargo nextest run --workspace" || echo "cargo test --workspace")

.PHONY: demo test check lint fetch setup

demo: setup fetch
	cargo build
	cargo run --quiet -- demo --data "$(DATA)" $(if $(ONCE),--once)

test: setup lint
	scripts/postgres run $(RUN_TESTS)
	@if [ -x scripts/e2e ]; then scripts/e2e; fi

check: lint
	$(RUN_TESTS)

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

# The engine and the weights of the embedded model, pinned by their digests, kept outside the repository.
fetch:
	@if [ -x scripts/fetch-engine ]; then scripts/fetch-engine; fi
	@if [ -x scripts/fetch-model ]; then scripts/fetch-model $(MODEL); fi

setup:
	@scripts/setup
