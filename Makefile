# Genvej: everything a person or a machine does with this checkout.

RUN := .venv/bin/python -m tools.with_settings
# Without the settings of this machine: what is recorded is for everybody.
EVALUATE := TF_CPP_MIN_LOG_LEVEL=3 PYTHONWARNINGS=ignore .venv/bin/python -m
TOOL := .venv-tools/bin
# Those that wait for servers and browsers come first: so all cores end at about the same time.
LONG := $(wildcard $(addprefix tests/,browser integration conversations web))
REST := $(filter-out $(LONG),$(patsubst %/,%,$(wildcard tests/[a-z]*/)) $(wildcard tests/test_*.py))

.DEFAULT_GOAL := help
.PHONY: help setup run train test check format content preview due links changes goals plans eval eval-diet bench lock password retention clean python3

help:  ## Show what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

setup: python3  ## Install what Genvej needs (nothing to do when the locks have not changed)
	@python3 -m tools.setup run

run: setup  ## Start Genvej and print its addresses; Ctrl-C stops it
	@$(RUN) bot.commands.preflight
	@$(RUN) bot.commands.model
	@$(RUN) bot.commands.migrate
	@$(RUN) bot.commands.admin first
	@$(RUN) bot.commands.run

train: setup  ## Train the dialogue model, changed or not
	@$(RUN) bot.commands.model --force

test: python3  ## Set up, check and test everything, on every core
	@python3 -m tools.setup test
	@$(MAKE) --no-print-directory check
	@$(RUN) bot.commands.model
	@.venv/bin/python -m pytest -n auto --dist loadfile $(LONG) $(REST)

check: setup  ## Lint, types and the direction of imports
	@python3 -m tools.setup check
	$(TOOL)/ruff check
	$(TOOL)/ruff format --check
	$(TOOL)/mypy
	PYTHONPATH=. $(TOOL)/lint-imports --no-logo

format: python3  ## Format the code and mend what can be mended by itself
	@python3 -m tools.setup check
	@$(TOOL)/ruff check --fix
	@$(TOOL)/ruff format

content: setup  ## Check every content file: file, line, reason and the words it is about
	@$(RUN) bot.commands.check_content

preview: setup  ## Write var/preview/index.html, every topic as a visitor reads it: DAY=2028-01-01
	@$(RUN) bot.commands.preview $(if $(DAY),--day $(DAY))

due: setup  ## List what is to be reviewed and the figures that run out, oldest first: DAYS=60
	@$(RUN) bot.commands.due $(if $(DAYS),--days $(DAYS))

links: setup  ## Ask for the address of every source, and list those that are dead or have moved (some minutes)
	@$(RUN) bot.commands.links

changes: setup  ## Show what a visitor reads differently since a revision of git: SINCE=HEAD DAY=2028-01-01
	@$(RUN) bot.commands.changes $(if $(SINCE),--since "$(SINCE)") $(if $(DAY),--day $(DAY))

goals: setup  ## Write docs/goals.md: the municipality's goals with the topics that serve them
	@$(RUN) bot.commands.goals

plans: setup  ## Draw every plan with its questions and steps into var/plans
	@$(RUN) bot.commands.plans

eval: setup  ## Measure how well the bot understands: FOLDER=..., FOLDS=0, RECORD=1
	@$(EVALUATE) bot.commands.evaluate $(FOLDER) $(if $(FOLDS),--folds $(FOLDS)) $(if $(RECORD),--record)

eval-diet: setup  ## The same for Rasa's default pipeline, a minute an epoch: EPOCHS=25
	@$(EVALUATE) bot.commands.evaluate_diet $(if $(EPOCHS),--epochs $(EPOCHS))

bench: setup  ## Compare Genvej's speed with Rasa's starter bot
	@.venv/bin/python -m tests.load.bench

lock: python3  ## Write the locked requirements anew from the .in files
	@python3 -m tools.lock

password: setup  ## Set a new password: make password LOGIN=mette
	@$(RUN) bot.commands.admin password $(LOGIN)

retention: setup  ## Count what is old enough to be deleted; delete nothing
	@$(RUN) bot.commands.retention

clean:  ## Delete what can be made again; var/ with the data stays
	@rm -rf .venv .venv-tools .tools .rasa models results .*_cache .hypothesis graph.html
	@find actions bot tests tools -name __pycache__ -prune -exec rm -rf {} +

python3:
	@command -v python3 > /dev/null || { echo "Genvej: Python 3 is missing; install it (\`apt-get install python3\`)." >&2; exit 1; }
