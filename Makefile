# Maillage : make demo · make test · make check · make bench
PYTHON3 ?= python3
BIN := .venv/bin

.PHONY: help install dev demo test check lint types contracts docs audit bench clean

help:
	@echo "make demo          installe tout et ouvre le pôle de démonstration (RESET=1 repart de zéro)"
	@echo "make test          tous les tests, navigateur compris (DATABASE_URL=… pour un autre PostgreSQL)"
	@echo "make check         format, types, contrats d'import, documentation, tests"
	@echo "make bench         les mesures, à côté de leurs pairs (DATA=dossier pour la qualité de recherche)"

install:
	@$(PYTHON3) tools/install.py

dev:
	@$(PYTHON3) tools/install.py --dev

demo: install
	@$(BIN)/maillage demo $(if $(RESET),--reset)

test: dev
	@$(BIN)/python tools/run_tests.py $(ARGS)

lint: dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: dev
	@$(BIN)/mypy src

contracts: dev
	@$(BIN)/lint-imports

docs: dev
	@$(BIN)/python -m maillage.config.documentation --check

audit: dev
	@$(BIN)/python tools/audit.py

check: lint types contracts docs audit test

bench: dev
	@for family in search-speed standing allocate cooperate network scale; do \
		$(BIN)/python -m benchmarks run $$family || exit 1; done
	@for family in tour synthesis; do \
		$(BIN)/python -m benchmarks run $$family $(if $(DATA),--data $(DATA)) || exit 1; done
	@$(if $(DATA),for family in facility classify; do $(BIN)/python -m benchmarks run $$family --data $(DATA) || exit 1; done)
	@$(if $(DATA),$(BIN)/python -m benchmarks run retrieval --data $(DATA)/retrieval,echo "Implanter, nommer, chercher : make bench DATA=dossier")
	@$(BIN)/python -m benchmarks run pages
	@$(BIN)/python -m benchmarks run load

clean:
	rm -rf .venv node_modules var .mypy_cache .ruff_cache .pytest_cache .hypothesis
