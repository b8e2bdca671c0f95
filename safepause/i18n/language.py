"""The catalogue of the person's language.

`_` and `ngettext` translate a message. `N_` marks a message for the catalogue where it is declared;
`_` translates it where it is shown. `language` names the language.

A catalogue that can't be read, as after half an update, must cost nobody a pause: the next language
that the person knows is spoken then, and at last English. `doctor` says so.
"""

from __future__ import annotations

import gettext as _gettext
import struct
from functools import cache
from pathlib import Path

from safepause.assets import resource

DOMAIN = "safepause"
_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
"""Languages that are written from right to left, as Unicode's CLDR lists them."""


@cache
def _read() -> tuple[_gettext.NullTranslations, bool]:
    """Return the person's catalogue, and whether all of the person's catalogues could be read."""
    found = _gettext.find(DOMAIN, str(resource("locale")), all=True)
    read = [made for made in map(_catalogue_of, found) if made is not None]
    first, *others = read or [_gettext.NullTranslations()]
    for other in others:
        first.add_fallback(other)
    return first, len(read) == len(found)


def _catalogue_of(file: str) -> _gettext.NullTranslations | None:
    """Return the catalogue in a file; None if it is damaged."""
    try:
        with Path(file).open("rb") as opened:
            return _gettext.GNUTranslations(opened)
    except (OSError, ValueError, LookupError, struct.error):
        return None


def _catalogue() -> _gettext.NullTranslations:
    return _read()[0]


def is_whole() -> bool:
    """Return whether no catalogue of the person's languages is damaged."""
    return _read()[1]


def language() -> str:
    """Return the language that the program speaks, such as "de"; an empty text for English."""
    return _catalogue().info().get("language", "")


def right_to_left() -> bool:
    """Return whether the program's language is written from right to left."""
    return language().replace("-", "_").partition("_")[0] in _RIGHT_TO_LEFT


def _(message: str) -> str:
    """Return the message in the person's language."""
    return _catalogue().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the message for a number of things, in the person's language."""
    return _catalogue().ngettext(one, many, count)


def _marked(message: str) -> str:
    return message


N_ = _marked
