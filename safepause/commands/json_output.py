"""The documents of `--json` and `export`. Scripts depend on these names, so they never change.

Instants are ISO 8601 in UTC, to the second, and end in Z.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from safepause.core.settings.catalogue import NAMED, Settings

if TYPE_CHECKING:
    from safepause.core.capability import Capability
    from safepause.core.pause import Outcome, Pause
    from safepause.core.service import PauseService
    from safepause.core.settings.declaration import Value

Document = Mapping[str, object]
FORMAT = 1
"""The version of the form of an export."""


def instant(moment: datetime) -> str:
    """Return an instant such as "2026-03-10T20:40:00Z"."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def status(service: PauseService, version: str, *, running: bool) -> Document:
    """Return the state, and the standing pause."""
    pause = service.pause
    return {
        "running": running,
        "version": version,
        "state": service.state.value,
        "pause": None if pause is None else _pause(pause, service.clock.now()),
    }


def history(outcomes: Iterable[Outcome], unreadable: int) -> Document:
    """Return how past pauses ended, the newest first, and how many can't be read."""
    return {"outcomes": [_outcome(ended) for ended in outcomes], "unreadable": unreadable}


def settings(current: Settings) -> Document:
    """Return every setting with its value and its declaration."""
    return {
        "settings": [
            {
                "key": setting.key,
                "value": current.values[setting.key],
                "default": setting.default,
                "least": setting.least if _is_number(setting.default) else None,
                "most": setting.most or None,
                "choices": list(setting.choices),
                "unit": setting.unit,
            }
            for setting in NAMED
        ]
    }


def setting(key: str, value: Value) -> Document:
    """Return one setting's value."""
    return {"key": key, "value": value}


def capabilities(found: Iterable[Capability], version: str, *, running: bool) -> Document:
    """Return what works on this computer and what doesn't."""
    return {
        "running": running,
        "version": version,
        "capabilities": [
            {
                "key": capability.key.value,
                "available": capability.available,
                "known": capability.known,
                "why": capability.why,
                "advice": capability.advice,
            }
            for capability in found
        ],
    }


def export_text(service: PauseService, version: str) -> str:
    """Return the text of an export: JSON, with names as a person writes them."""
    return json.dumps(export(service, version), indent=2, ensure_ascii=False) + "\n"


def export(service: PauseService, version: str) -> Document:
    """Return everything that is kept."""
    pause = service.pause
    return {
        "format": FORMAT,
        "version": version,
        "exported_at": instant(service.clock.now()),
        "pause": None if pause is None else _whole_pause(pause, service.clock.now()),
        **history(service.outcomes(), service.unreadable_outcomes()),
        "settings": dict(service.settings.values),
    }


def _pause(pause: Pause, now: datetime) -> Document:
    return {
        "id": str(pause.id),
        "called_by": pause.called_by,
        "started_at": instant(pause.started_at),
        "return_at": instant(pause.return_at),
        "seconds_left": max(0, round((pause.return_at - now).total_seconds())),
        "extensions": pause.extensions,
        "extensions_left": pause.extensions_left,
    }


def _whole_pause(pause: Pause, now: datetime) -> Document:
    return {
        **_pause(pause, now),
        "promised_at": instant(pause.promised_at),
        "extensions_allowed": pause.terms.extensions_allowed,
    }


def _outcome(ended: Outcome) -> Document:
    punctuality = ended.punctuality
    return {
        "id": str(ended.id),
        "started_at": instant(ended.started_at),
        "promised_at": instant(ended.promised_at),
        "ended_at": instant(ended.ended_at),
        "ending": ended.ending.value,
        "punctuality": None if punctuality is None else punctuality.value,
    }


def _is_number(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
