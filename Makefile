# The one door to everything: `make help` lists what there is.
# Each line below calls a program of scripts/, which explains itself when something is in the way.

PYTHON ?= python3
LOCAL   = @$(PYTHON) -m scripts.local_run
VENV    = .local/venv/bin

.DEFAULT_GOAL := help
.PHONY: help run start stop status reset mail logs demo doctor languages setup rebuild api \
        test lint format lock env

help: ## list these commands
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	  /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Run CodePlace on this machine, without containers
run: ## install what is missing, start everything, show the logs; Ctrl-C stops (DETACH=1 leaves it running)
	$(LOCAL) run
start: ## the same, and leave it running
	$(LOCAL) start
stop: ## stop everything, in order
	$(LOCAL) stop
status: ## say of each process whether it runs
	$(LOCAL) status
logs: ## follow the logs (NAME="api grader" for some of them)
	$(LOCAL) logs $(NAME)
demo: ## print the address and the demo accounts
	$(LOCAL) demo
mail: ## print the newest mail that was sent
	$(LOCAL) mail
api: ## run a command of the api, such as ARGS="problem import FOLDER" (ARGS="--help" lists them)
	$(LOCAL) api -- $(ARGS)
languages: ## install PyPy, JavaScript, Go and Rust beside C, C++, Java and Python
	$(LOCAL) languages
doctor: ## is this machine fit for judging, and what to do if not
	$(LOCAL) doctor
reset: ## delete all data of the local run, after asking (FORCE=1 does not ask)
	$(LOCAL) reset

##@ Work on it
setup: ## install and build everything without starting it
	$(LOCAL) setup
rebuild: ## build the pages anew
	$(LOCAL) rebuild
test: ## run every layer of tests (LAYERS="unit stack" for some of them)
	@$(PYTHON) -m scripts.test $(LAYERS)
lint: ## ruff, mypy, import-linter, ESLint, vue-tsc, shellcheck
	@$(PYTHON) -m scripts.lint
format: ## let ruff and prettier lay out the sources
	$(VENV)/ruff format .
	$(VENV)/ruff check --fix .
lock: ## write the locks of all Python packages anew (ARGS=--upgrade for newer versions)
	@$(VENV)/python scripts/lock.py $(ARGS)

##@ Run it as containers
env: ## write .env with fresh secrets for docker compose up --build
	@$(PYTHON) scripts/make_env.py
