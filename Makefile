# Everything one does here, by name: `make help`.
# Paths are relative throughout, so the checkout may lie in a folder with spaces in its name.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help

PYTHON ?= python3
SWIFT ?= swift
# What `make bench` is told, such as BENCH='--only training'.
BENCH ?=
export PYTHON SWIFT
export PYTHONDONTWRITEBYTECODE := 1

VENVS := .venv/stamp .venv-anndata011/stamp .venv-workflow/stamp
LINT = scripts/step 'lint' "$$SWIFT" format lint --strict --recursive Sources Tests Benchmarks Package.swift
INTEROP = scripts/step 'interop tests' scripts/interop

.PHONY: help
help: ## Print this list
	@printf 'make TARGET, where TARGET is one of\n\n'
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r target text; do
	  printf '%-14s %s\n' "$$target" "$$text"
	done

.PHONY: setup
setup: system $(VENVS) ## Install what is missing: Debian packages, Python environments; check Swift

.PHONY: system
system:
	@scripts/setup

.venv/stamp: scripts/requirements.txt | system
	@scripts/step 'Python environment .venv' scripts/venv .venv $<

.venv-anndata011/stamp: scripts/requirements-anndata011.txt | system
	@scripts/step 'Python environment .venv-anndata011' scripts/venv .venv-anndata011 $<

.venv-workflow/stamp: scripts/requirements-workflow.txt | system
	@scripts/step 'Python environment .venv-workflow' scripts/venv .venv-workflow $<

.venv-bench/stamp: Benchmarks/requirements.txt | system
	@scripts/step 'Python environment .venv-bench' scripts/venv .venv-bench $<

.PHONY: readers
readers: setup ## Add the heavy readers that the interop tests use where present: scanpy, R's rhdf5
	@scripts/setup --readers
	scripts/step 'scanpy in .venv' .venv/bin/python -m pip install --quiet --requirement scripts/requirements-readers.txt

.PHONY: build
build: system ## Build for debugging, tests included
	@scripts/step 'build (debug)' scripts/swift-build --build-tests

.PHONY: release
release: system ## Build the optimised program, and beside it the library that it loads for molecules
	@scripts/step 'build (release)' scripts/swift-build --configuration release --static-swift-stdlib --product therapi
	scripts/step 'build (release, RDKit)' scripts/swift-build --configuration release --product therapi-rdkit

.PHONY: lint
lint: system ## Check the style of every Swift file
	@$(LINT)

.PHONY: interop
interop: setup build ## Open stores with anndata, h5py, scanpy and rhdf5; check configurations against the schema
	@$(INTEROP)

# The runner's own summary is the last thing printed when all is well; a failed step before it is
# named before it and again after it.
.PHONY: test
test: setup build ## Lint, build, interop tests and, last, the Swift tests
	@failed=()
	$(LINT) || failed+=(lint)
	$(INTEROP) || failed+=('interop tests')
	printf '== Swift tests\n'
	"$$SWIFT" test --disable-xctest || failed+=('Swift tests')
	if (( $${#failed[@]} )); then
	  printf 'failed: %s\n' "$${failed[@]}" >&2
	  exit 1
	fi

.PHONY: demo
demo: setup release ## Do a whole study on real data: two cohorts to stores, models, predictions and an HTML report
	@scripts/demo

.PHONY: bench
bench: .venv-bench/stamp release ## Time ingest beside inflate, gzip, pandas and polars; training and embedding beside PyTorch
	@scripts/step 'build (step benchmark)' scripts/swift-build --configuration release --static-swift-stdlib --product StepBench
	scripts/step 'build (perturbation benchmark)' scripts/swift-build --configuration release --static-swift-stdlib --product PerturbationBench
	scripts/step 'build (rank benchmark)' scripts/swift-build --configuration release --static-swift-stdlib --product RankBench
	scripts/step 'build (predictor benchmark)' scripts/swift-build --configuration release --static-swift-stdlib --product PredictorBench
	scripts/step 'build (score benchmark)' scripts/swift-build --configuration release --static-swift-stdlib --product ScoreBench
	scripts/step 'benchmark data' .venv-bench/bin/python Benchmarks/generate.py --out bench-data
	built=$$("$$SWIFT" build --configuration release --show-bin-path)
	.venv-bench/bin/python Benchmarks/run.py --data bench-data --therapi "$$built/therapi" --step-bench "$$built/StepBench" --perturbation-bench "$$built/PerturbationBench" --rank-bench "$$built/RankBench" --predictor-bench "$$built/PredictorBench" --score-bench "$$built/ScoreBench" $(BENCH)

.PHONY: clean
clean: ## Remove all that make put here (the download cache in ~/.cache/therapi stays)
	@rm -rf .build .venv .venv-anndata011 .venv-workflow .venv-bench .pytest_cache demo bench-data
	find Tests Benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +
