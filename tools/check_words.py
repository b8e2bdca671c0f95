"""Checks that the catalogue has every visible string, and says which strings lack a translation.

Usage: check_words.py FRESH CATALOGUE. FRESH was just extracted from the code. An outdated catalogue
is an error. An incomplete translation is no error, because the program then shows English.
"""

import sys
from pathlib import Path

from babel.messages.pofile import read_po


def report_translations(template: Path) -> None:
    """Say for each language which strings lack a translation or need a second look."""
    with template.open("rb") as file:
        wanted = [message for message in read_po(file) if message.id]
    for path in sorted(template.parent.rglob("*.po")):
        with path.open("rb") as file:
            translated = read_po(file)
        found = [translated.get(message.id, message.context) for message in wanted]
        missing = sum(message is None or not message.string for message in found)
        fuzzy = sum(message is not None and message.fuzzy for message in found)
        if missing or fuzzy:
            language = path.parent.parent.name
            print(f"Language {language}: {missing} strings untranslated, {fuzzy} to look at again.")


def main(fresh: Path, template: Path) -> int:
    """Compare both catalogues and return the exit code."""
    if not template.exists() or fresh.read_bytes() != template.read_bytes():
        print(f"{template} is out of date. Please run: make catalogue", file=sys.stderr)
        return 1
    report_translations(template)
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
