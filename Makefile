# Each target prepares the machine first (scripts/setup.sh); that changes nothing when all is there.
# `demo` and `test` share one build folder, .build.

ATTAR = .build/release/attar
FORMATTED = $(wildcard Package.swift Sources Tests Examples Benchmarks)

.DEFAULT_GOAL := help
.PHONY: help setup fixtures build demo test examples bench quality audit fuzz format lint clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup:  ## install the system libraries that are missing
	@scripts/setup.sh

build: setup  ## build the attar command (release)
	@swift build -c release --product attar

demo: build  ## distil a teacher for handwritten digits into a small network, and print the verdict
	@mkdir -p out
	$(ATTAR) distill Datasets/digits.csv --target digit --teacher ensemble --student 'mlp[8]' \
		--out out/digits.attar --report out/digits.html

fixtures:  ## fetch the real models and Python packages that tests and examples use, into the user's cache
	@scripts/fixtures.sh

test: setup fixtures  ## build and run all tests (release)
	@swift build -c release --build-tests
	@scripts/check_runtime.sh links .build/release/AnswerOnly
	@scripts/test.sh

examples: setup  ## build and run the packages in Examples that depend on this one
	@scripts/check_examples.sh

bench: setup  ## measure speed beside PyTorch, ONNX Runtime, Keras and other Python tools
	@Benchmarks/run

quality: setup  ## measure what students keep of their teachers, on five splits of two data sets
	@Benchmarks/run Quality

audit: setup  ## try every claim of the certificate on drawn rows whose truth is known, in about half an hour
	@Benchmarks/run Audit

MINUTES = 10
fuzz: setup  ## give every reader inputs that are wrong, for MINUTES=10, and keep those that bring one down in out/fuzz
	@swift build -c release --product Fuzz
	@.build/release/Fuzz --minutes $(MINUTES) --out out/fuzz $(FUZZ)

format:  ## format the Swift sources in place
	@swift format --in-place --recursive $(FORMATTED)

lint:  ## check formatting, documentation comments, imports and that both READMEs are in step
	@swift format lint --strict --recursive $(FORMATTED)
	@scripts/check_docs.sh
	@scripts/check_runtime.sh imports
	@scripts/check_readme.sh
	@scripts/check_doors.sh

clean:  ## remove what was built and written
	@rm -rf .build .build-examples Benchmarks/.build out
