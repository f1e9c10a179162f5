# Stet. `make run` opens the desk, `make test` proves it; both do all set-up themselves.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

TOOLS := target/tools
TAURI_DRIVER := $(TOOLS)/bin/tauri-driver
CARGO_DENY := $(TOOLS)/bin/cargo-deny
TAURI_CLI := $(TOOLS)/node_modules/.bin/tauri
PAGE_SOURCES := $(shell find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -type f -print 2>/dev/null)

.PHONY: help run test check bench bless eval fuzz torture soak shots looks axe keys package audit clean ready-build ready-test page desk desk-debug companion

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-9s %s\n", $$1, $$2 }'

run: ready-build page ## set up, build and open the desk (with no display: the same job in the terminal)
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then \
	  cargo build --release --features shell; \
	  exec target/release/stet-desk $(if $(DESK),--desk $(DESK)); \
	else \
	  echo "There is no display here, so the window cannot open: the same job is done in the terminal, into out/."; \
	  src-tauri/setup.sh pictures; \
	  cargo build --bin stet; \
	  src-tauri/tour.sh; \
	  $(MAKE) shots; \
	fi

test: ready-test ## set up and run every test: Rust, page, page in a browser, the real window, lints
	@tests/all.sh

check: ui/node_modules/.package-lock.json ## lints and fast tests
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo test
	cd ui && npm run -s check && npm run -s test

bench: ready-build page desk tests/node_modules/.package-lock.json ## speed and memory beside peers, in one run
	@src-tauri/setup.sh bench
	RUSTFLAGS="-C target-cpu=native" cargo build --release --manifest-path tests/bench/sassy/Cargo.toml --target-dir target/sassy-peer \
	  || echo "The peer of the check needs AVX2 or NEON: the check is timed without it."
	cargo bench --bench speed
	tests/bench/files.py target/release/stet
	tests/bench/window.py
	node tests/bench/typing.mjs target/release/stet

bless: ## write what tests expect from what the program says; read it before you commit it
	UPDATE_EXPECT=1 cargo test

eval: ## how good the finder, the check and the redline are on the labelled articles beside the project
	@tests/eval.sh

fuzz: ## odd texts and harmed files for the finder, the check and the readers for FUZZ_SECONDS (60), then every other law on new texts
	FUZZ_SECONDS=$(or $(FUZZ_SECONDS),60) cargo test --test fuzz --test imports -- --nocapture --test-threads 16
	PROPTEST_CASES=2000 cargo test -- any_ no_words text_as_stet the_laws

torture: ## kill a desk, cut its power, harm its file: KILLS (1000), CUTS (100), FLIPS (300), TORN (100), dice by TORTURE_SEED
	KILLS=$(or $(KILLS),1000) CUTS=$(or $(CUTS),100) FLIPS=$(or $(FLIPS),300) TORN=$(or $(TORN),100) OPENING_MS=$(or $(OPENING_MS),1000) \
	  cargo test --test torture -- --nocapture a_desk

soak: ## edit a desk of 2,000 pieces and 20,000 notes for SOAK_SECONDS (60; 7200 for a working day): memory, saves, list, search
	SOAK_SECONDS=$(or $(SOAK_SECONDS),60) cargo bench --bench soak

audit: $(CARGO_DENY) ui/node_modules/.package-lock.json tests/node_modules/.package-lock.json ## known advisories, licences and sources of all that Stet is made of; needs the network
	src-tauri/audit.sh $(CARGO_DENY)

shots: ready-test page companion tests/node_modules/.package-lock.json ## a picture of each screen into out/shots/
	node tests/page/shots.mjs

looks: ready-test page companion tests/node_modules/.package-lock.json ## keep the pictures of tests/page/looks as the page looks now, where it looks different; look at them before you commit them
	UPDATE_LOOKS=1 node --test tests/page/looks.test.mjs

axe: ready-test page companion tests/node_modules/.package-lock.json ## what axe finds on each screen and moment, and how well its words and marks can be seen, light and dark, as a table
	node tests/page/axe.mjs

keys: ## what each key does, screen by screen, as a table
	@node tests/page/keys.mjs

package: ready-test page $(TAURI_CLI) ## a .deb that installs, starts and removes cleanly
	$(TAURI_CLI) build --features shell --bundles deb
	tests/package.sh

clean: ## remove what was built
	rm -rf target ui/dist ui/node_modules tests/node_modules out

ready-build:
	@src-tauri/setup.sh build

ready-test:
	@src-tauri/setup.sh test

page: ui/dist/index.html

desk: page
	cargo build --release --features shell

desk-debug: page
	cargo build --features shell

companion:
	cargo build --bin stet

ui/dist/index.html: ui/node_modules/.package-lock.json $(PAGE_SOURCES)
	cd ui && npm run -s build

ui/node_modules/.package-lock.json: ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

tests/node_modules/.package-lock.json: tests/package-lock.json
	cd tests && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(TAURI_DRIVER):
	cargo install tauri-driver --version 2.1.0 --locked --root $(TOOLS)

$(CARGO_DENY):
	cargo install cargo-deny --version 0.20.2 --locked --root $(TOOLS)

$(TAURI_CLI):
	npm install --prefix $(TOOLS) --no-save --no-package-lock --no-audit --no-fund --loglevel=error @tauri-apps/cli@2.12.5
