# Leeward. `make demo` runs the main job, `make test` proves it; both install what they need.
# `make` alone is `make check`.

SWIFT_BUILD = swift build --explicit-target-dependency-import-check error
SOURCES = Package.swift Sources Tests Fuzz Benchmarks/Package.swift Benchmarks/Sources

.DEFAULT_GOAL := check
.PHONY: setup demo test faults fuzz evidence mutants check lint format build data borders bench clean

setup: ## install the system packages that are missing, or say the exact command
	@scripts/install-system-packages

demo: setup ## play the whole journey on throw-away data; ONCE=1 ends after it instead of serving
	@$(SWIFT_BUILD) --product leeward
	@"$$(swift build --show-bin-path)/leeward" demo $(if $(ONCE),--once)

build: setup ## everything, tests too; an import that crosses a border fails it
	@$(SWIFT_BUILD) --build-tests

test: build ## all tests, with counts
	@scripts/install-system-packages test
	@scripts/test

faults: build ## 200 kills at random, a full disk, a failing fsync, a clock that jumps; KILLS=n for another number
	@scripts/install-system-packages faults
	@LEEWARD_KILLS=$(or $(KILLS),200) LEEWARD_FAULTS=1 scripts/test --filter 'RigTests'

evidence: build ## the long runs, an hour and more; what they say belongs in docs/evidence.md
	@scripts/evidence

lint: ## layout, documentation, and the rules that the compiler does not know
	@swift format lint --strict --recursive $(SOURCES)
	@scripts/lint

format: ## let swift format decide the layout
	@swift format --in-place --recursive $(SOURCES)

data: build ## load Directory/ and Policies/ and print what is wrong in them
	@"$$(swift build --show-bin-path)/leeward" check

borders: setup ## prove that a forbidden import fails the build (in a copy with its own build folder)
	@scripts/prove-borders

fuzz: setup ## attack every parser and opener of Sealing with 20,000 inputs each (`scripts/fuzz TARGET RUNS` for more)
	@scripts/fuzz all 20000

mutants: setup ## break each matching rule in a copy, one at a time, and demand a red test (ten minutes; ONLY=words of names)
	@scripts/mutate-matching $(if $(ONLY),"$(ONLY)")

bench: setup ## measure every budget beside its rival, on a quiet machine; ONLY="lookup match", QUICK=1, JSON=file, TABLE=1
	@scripts/bench $(if $(ONLY),--only $(ONLY)) $(if $(QUICK),--quick) $(if $(JSON),--json $(JSON)) $(if $(TABLE),--table)

check: lint build test data ## what must be true before every commit

clean: ## remove what the build made
	@rm -rf .build .build-* Benchmarks/.build
