"""The catalogue of the person's language.

`_` and `ngettext` translate a message. `N_` marks a message for the catalogue where it is declared;
`_` translates it where it is shown. `language` names the language.
"""

from __future__ import annotations

import gettext as _gettext
from functools import cache

from safepause.assets import resource

DOMAIN = "safepause"
_RIGHT_TO_LEFT = frozenset(("ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
"""Languages that are written from right to left, as Unicode's CLDR lists them."""


@cache
def _catalogue() -> _gettext.NullTranslations:
    return _gettext.translation(DOMAIN, str(resource("locale")), fallback=True)


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
