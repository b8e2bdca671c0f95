# make run starts SafePause, make test runs every check; both first set up what they need.

PYTHON = .venv/bin/python
BIN = .venv/bin
CODE = safepause tests tools hatch_build.py
POT = resources/locale/safepause.pot
APP_ID = io.github.safepause.SafePause
EXTRACT = $(BIN)/pybabel --quiet extract --omit-header --sort-output --add-location=file --no-wrap \
	--add-comments=Translators: safepause

export PATH := .tools/bin:$(PATH)

.NOTPARALLEL:
.PHONY: help run demo test test-kwin test-desktops test-steady bench setup format style types imports words unit \
	clock-changes end2end elsewhere midnight linux wheel mutation-wires icons instant \
	catalogue lock clean

help: ## Lists these targets
	@sed -nE 's/^([a-z0-9-]+):.*## (.*)/  make \1|\2/p' Makefile | column -t -s '|'

run: ## Starts SafePause; without a display, plays the demo
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
		bash tools/setup.sh run && \
		echo "SafePause: Starting. Look for the icon in the tray; Ctrl+C here ends it." && \
		exec $(BIN)/safepause; \
	else \
		echo "SafePause: This machine has no display to show a window on, so here is the demo." && \
		$(MAKE) --no-print-directory demo; \
	fi

demo: ## Plays a whole pause on a virtual display, and shows every window; pictures in build/demo
	@bash tools/setup.sh demo
	@bash tools/demo.sh

test: setup style types imports words unit clock-changes end2end elsewhere midnight linux wheel ## Runs every check
	@echo "SafePause: Every check passed."

test-kwin: ## Runs the program in KWin with KDE's portal; installs some large packages
	@bash tools/setup.sh kwin
	@echo "SafePause: Running the real program in KWin, the desktop of KDE's Plasma."
	@$(BIN)/pytest tests/end2end -m kwin

# Where the Debians are kept for the next run, and which desktops run; empty: those that always do.
DESKTOPS_CACHE = $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/safepause-desktops
DESKTOPS =
test-desktops: ## Runs the program on real desktops, each in a Debian of its own; DESKTOPS="gnome48 i3" chooses
	@bash tools/setup.sh desktops
	@$(PYTHON) -m tests.desktops --cache "$(DESKTOPS_CACHE)" $(DESKTOPS)

TIMES = 15
test-steady: setup ## Runs the end-to-end tests 15 times (TIMES=15) while every core is busy
	@$(PYTHON) -m tests.end2end.steady $(TIMES)

bench: setup ## Measures SafePause against its budgets; BASE=COMMIT compares, PARTS="first start" chooses
	@$(PYTHON) -m tests.bench $(if $(BASE),--base $(BASE)) $(PARTS)

setup: ## Installs everything for working on SafePause, into .venv
	@bash tools/setup.sh test

format: setup ## Formats the code
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

style: setup ## Checks format and style
	@echo "SafePause: Checking format and style."
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/ruff check $(CODE)

types: setup ## Checks types, as Linux, macOS and Windows have them
	@echo "SafePause: Checking types, as Linux, macOS and Windows have them."
	@$(BIN)/mypy --platform linux
	@for platform in darwin win32; do \
		$(BIN)/mypy --platform $$platform --cache-dir .mypy_cache/$$platform safepause || exit 1; done

imports: setup ## Checks which part may import which
	@echo "SafePause: Checking which part imports which."
	@$(BIN)/lint-imports --no-logo

words: setup ## Checks that the translations are up to date
	@echo "SafePause: Checking the words."
	@mkdir -p build
	@$(EXTRACT) --output-file=build/safepause.pot
	@$(PYTHON) tools/check_words.py build/safepause.pot $(POT)

unit: setup ## Runs the fast tests, with coverage
	@echo "SafePause: Running the unit tests and the tests of the windows."
	@mkdir -p build/coverage
	@$(BIN)/coverage run -m pytest --ignore=tests/end2end --ignore=tests/bench
	@$(BIN)/coverage report
	@$(BIN)/coverage report --include='safepause/core/*,safepause/store/*' --fail-under=100

# Two zones, as the variable TZ has them: when the tests' pauses begin, at 20:10 on 10 March, both show UTC.
# At 20:40, when the pauses end, one puts its clocks forward by an hour, and the other puts them back.
CLOCKS_FORWARD = EARLY0LATE,J69/20:40,J300
CLOCKS_BACK = EARLY1LATE,J300,J69/20:40
# The walk over all windows is about room, not about time, and takes minutes.
ABOUT_TIME = tests/app tests/client tests/commands tests/core tests/i18n tests/store tests/system tests/ui \
	--ignore=tests/ui/test_every_window.py
clock-changes: setup ## Runs the fast tests about time where clocks change as a pause ends
	@echo "SafePause: Running the tests about time where clocks go forward and back as a pause ends."
	@$(BIN)/pytest --quiet --zone="$(CLOCKS_FORWARD)" $(ABOUT_TIME)
	@$(BIN)/pytest --quiet --zone="$(CLOCKS_BACK)" $(ABOUT_TIME)

end2end: setup ## Runs the real program on a virtual display
	@echo "SafePause: Running the real program on a virtual display."
	@$(BIN)/pytest tests/end2end

elsewhere: setup ## Runs the real program in German in Nepal: its clocks are 5:45 h ahead of UTC
	@echo "SafePause: Running the real program in German, where clocks are 5:45 h ahead."
	@$(BIN)/pytest tests/end2end/test_return.py --zone=Asia/Kathmandu --locale=de_DE.UTF-8

midnight: setup ## Plays the demo from 23:45 on, with the return after midnight
	@echo "SafePause: Playing the demo shortly before midnight."
	@bash tools/demo.sh --before-midnight

# AppStream 1.0 and newer warns of a missing home page, which SafePause does not have yet. Versions
# before 1.0 do not know this warning, and refuse its name.
linux: setup ## Checks the desktop file and the AppStream data
	@echo "SafePause: Checking the files for Linux desktops."
	@desktop-file-validate resources/linux/$(APP_ID).desktop
	@case "$$(appstreamcli --version)" in \
		*' 0.'*) homeless= ;; \
		*) homeless=--override=url-homepage-missing=info ;; \
	esac; \
	appstreamcli validate --no-net $$homeless resources/linux/$(APP_ID).metainfo.xml

wheel: setup ## Builds the wheel and tries it in an environment of its own
	@echo "SafePause: Building the wheel and trying it out."
	@bash tools/try_wheel.sh

mutation-wires: setup ## Cuts every connection in turn, and lists the cuts that no unit test notices
	@$(PYTHON) tools/mutate_wires.py

icons: setup ## Renders the program's icon in every size, after a change of its picture
	@$(PYTHON) tools/render_icons.py

instant: setup ## Lists the commands that the app takes as typed, after a change of the commands
	@$(PYTHON) tools/write_instant.py safepause/client/instant.py

catalogue: setup ## Collects the words to translate, and updates the translations
	@$(EXTRACT) --output-file=$(POT)
	@for po in resources/locale/*/LC_MESSAGES/safepause.po; do \
		if [ -e "$$po" ]; then $(BIN)/pybabel --quiet update --domain=safepause --no-wrap --ignore-pot-creation-date \
			--input-file=$(POT) --output-dir=resources/locale; break; fi; done

# Two locks that agree: what runs the program, and with it the tools. A third one for uv itself.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --upgrade
lock: setup ## Locks the newest allowed versions of all Python packages
	@echo uv | $(LOCK) --no-annotate --output-file tools/locked-uv.txt -
	@$(LOCK) pyproject.toml --extra sound --group dev --output-file tools/locked-dev.txt
	@$(LOCK) pyproject.toml --extra sound --group build --constraint tools/locked-dev.txt --no-annotate --output-file tools/locked-run.txt

clean: ## Deletes everything that was made here
	rm -rf .venv .tools build dist .coverage .hypothesis .import_linter_cache .mypy_cache \
		.pytest_cache .ruff_cache
	find resources/locale -name '*.mo' -delete
	find safepause tests tools -name __pycache__ -exec rm -rf {} +
