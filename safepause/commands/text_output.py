"""The texts of the answers to a person: a line or two, or a plain table.

`i18n.words` has the sentences that windows show, too. Some terminals show direction marks, so only
a name that needs the marks gets them.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from safepause.core.settings.catalogue import NAMED, Settings
from safepause.core.settings.declaration import WORDS_LENGTH
from safepause.i18n import data_words, setting_words, words
from safepause.i18n.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from safepause.core.capability import Capability
    from safepause.core.clock import Clock
    from safepause.core.pause import Outcome, Pause
    from safepause.core.service import PauseService
    from safepause.core.settings.declaration import Setting

_PLAIN_DIRECTIONS = frozenset(("L", "EN", "ES", "CS", "ON", "WS", "NSM"))


def status(service: PauseService) -> str:
    """Return the line for the standing pause: "Back at 20:40 - 26 min. Alex asked."."""
    pause = service.pause
    if pause is None:
        return _("No pause right now.")
    if not pause.called_by:
        return f"{words.back_at(pause, service.clock)}."
    asked = _("{name} asked.").format(name=name(pause.called_by))
    return f"{words.back_at(pause, service.clock)}. {asked}"


def called(pause: Pause, service: PauseService, *, fresh: bool) -> str:
    """Return the return time of a fresh pause, or of the pause that was called earlier."""
    if fresh:
        shown = words.return_time(pause.return_at, service.clock)
        return _("Pause until {time}.").format(time=shown)
    return _("There is a pause already. {standing}").format(
        standing=f"{words.back_at(pause, service.clock)}."
    )


def came_back(*, early: bool) -> str:
    """Return the sentence after a return, with a note if the return is early."""
    said = _("The pause has ended. Say hello first.")
    if not early:
        return said
    note = _("It's early. If it heats up, pause again.")
    return f"{said}\n{note}"


def history(outcomes: Iterable[Outcome], unreadable: int, clock: Clock) -> str:
    """Return a table of past pauses: when each was called, and how it ended."""
    rows = [
        (words.date_and_time(ended.started_at, clock), words.outcome(ended)) for ended in outcomes
    ]
    shown = table([(_("Paused"), _("How it ended")), *rows]) if rows else _("No past pauses.")
    return f"{shown}\n{data_words.unreadable(unreadable)}" if unreadable else shown


def settings(current: Settings) -> str:
    """Return a table of all settings: name, value, label, bounds."""
    head = (_("Name"), _("Value"), _("What it is"), _("What it may be"))
    rows = [
        (
            setting.key,
            setting.write(current.values[setting.key]) or "-",
            setting_words.label(setting.key),
            bounds(setting),
        )
        for setting in NAMED
    ]
    return table([head, *rows])


def bounds(setting: Setting) -> str:
    """Return the values that a setting can have."""
    if isinstance(setting.default, bool):
        return _("yes or no")
    if setting.choices:
        own = ("own:NAME",) if setting.own_patterns else ()
        return ", ".join((*setting.choices, *own))
    return _text_bounds(setting) if isinstance(setting.default, str) else _number_bounds(setting)


def _text_bounds(setting: Setting) -> str:
    if setting.keys:
        return _("keys such as Ctrl+Alt+P, or nothing")
    if setting.patterns:
        return _("patterns such as Evening: 4/0/6/0 | Walk: 3/1/5/0")
    if setting.ideas:
        return _("ideas such as Tea | A walk")
    if setting.time:
        return _("a time such as 07:30, or nothing")
    most = WORDS_LENGTH if setting.words else setting.most
    return ngettext(
        "text, {count} character at most", "text, {count} characters at most", most
    ).format(count=most)


def _number_bounds(setting: Setting) -> str:
    if setting.unit == "minutes":
        return _("{least} to {most} minutes").format(least=setting.least, most=setting.most)
    if setting.unit == "percent":
        return _("{least} to {most} percent").format(least=setting.least, most=setting.most)
    return _("{least} to {most} times").format(least=setting.least, most=setting.most)


def doctor(found: Iterable[Capability]) -> str:
    """Return a table of what works on this computer, with advice below what doesn't."""
    rows: list[Sequence[str]] = []
    for capability in found:
        state = _("ok") if capability.available else _("not available")
        if not capability.known:
            state = _("not known")
        rows.append((words.capability_label(capability.key), state, capability.why))
        if capability.advice:
            rows.append(("", "", capability.advice))
    return table(rows)


def name(text: str) -> str:
    """Return a name. A name with right-to-left letters gets direction marks."""
    plain = all(unicodedata.bidirectional(char) in _PLAIN_DIRECTIONS for char in text)
    return text if plain else words.name(text)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as columns with two spaces between them."""
    columns = zip(*rows, strict=True)
    widths = [max(map(_width, column)) for column in columns]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    """Return the number of terminal cells of a text. A wide character has two cells."""
    if text.isascii():
        return len(text)
    return sum(
        2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.combining(char) else 1
        for char in text
    )
