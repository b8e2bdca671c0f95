"""The form of a command's answer: an exit code, and the texts for standard output and error.

With `--json`, standard output is one JSON value, for a refusal, too. The sentence of a refusal goes
to standard error.
"""

from __future__ import annotations

import json
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Exit(IntEnum):
    """The exit codes that scripts depend on."""

    DONE = 0
    REFUSED = 1
    WRONG_ARGUMENTS = 2
    UNREACHABLE = 3
    INTERRUPTED = 130
    """As a shell says it of a program that Ctrl+C has ended."""


class Reply(NamedTuple):
    """A whole answer; both texts end with a line break unless they are empty."""

    code: int
    out: str
    err: str


def as_json(document: object) -> str:
    """Return a JSON text in ASCII, because every encoding has these characters."""
    return json.dumps(document, indent=2) + "\n"


def done(sentence: str, document: Mapping[str, object], *, as_document: bool) -> Reply:
    """Return the answer of a command that was carried out: for a person, or for a script."""
    text = as_json(document) if as_document else _lines(sentence)
    return Reply(Exit.DONE, text, "")


def problem(code: Exit, reason: str, sentence: str, *, as_document: bool) -> Reply:
    """Return the answer of a command that was not carried out.

    `reason` is for scripts, so it is not translated. `sentence` is for a person.
    """
    document = {"error": {"code": int(code), "reason": reason, "message": sentence}}
    return Reply(code, as_json(document) if as_document else "", _lines(sentence))


def _lines(text: str) -> str:
    return text + "\n" if text else ""
