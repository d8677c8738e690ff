# make demo    the story, played on a real server on this machine    ONCE=1 ends after it, DATA=DIR chooses the folder
# make test    everything that continuous integration runs
# make check   the quick part: format, lints, tests without PostgreSQL and without a browser
# make screens the pictures of docs/screens, drawn again from the gallery of pages
# make bench   the gateway beside a bare proxy and its peers (needs the load generator, see scripts/bench)    QUICK=1 is short
# make bench-privacy    what is found of personal data, and how fast, beside Presidio
# make fuzz    each fuzz target for FOR seconds (installs cargo-fuzz), or TARGETS="one two" of them
# make bench-serve UPSTREAM=http://…/v1 LISTEN=127.0.0.1:9400    the gateway alone with everything on, for any load generator

DATA ?= var/demo
ONCE ?=
# The model host that is measured through the gateway, and where the gateway listens meanwhile.
UPSTREAM ?= http://127.0.0.1:9100/v1
LISTEN ?= 127.0.0.1:9400
# How long each fuzz target runs, seconds, and which.
FOR ?= 60
TARGETS ?=
# What the demonstration's evaluation chooses from, the smallest first: identifiers of crates/local-model/models.toml.
MODELS ?= smollm2 qwen05b qwen15b

# cargo-nextest when it is there; a fresh Debian with Rust has only cargo test, which runs the same tests.
RUN_TESTS := $(shell cargo nextest --version >/dev/null 2>&1 && echo "cargo nextest run --workspace" || echo "cargo test --workspace")

.PHONY: demo test check lint fetch setup bench bench-privacy bench-serve fuzz screens

demo: setup
	@scripts/prepare $(MODELS)
	@cargo run --quiet -- demo --data "$(DATA)" $(if $(ONCE),--once)

test: setup lint
	@scripts/prepare $(MODELS)
	GOUVERNAIL_TEST_CLIENTS=required scripts/postgres run $(RUN_TESTS)
	scripts/demo-check var/test-demo
	scripts/e2e var/test-demo

check: lint
	$(RUN_TESTS)

lint:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings

bench:
	scripts/bench

bench-privacy:
	@scripts/bench-privacy

bench-serve:
	@scripts/bench-serve "$(UPSTREAM)" "$(LISTEN)"

fuzz:
	@FOR="$(FOR)" scripts/fuzz $(TARGETS)

screens:
	scripts/screens

setup:
	@scripts/setup
