"""The order of listeners: first what a person sees, then the reminders, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from safepause.app.autostart_controller import AutostartController
from safepause.app.delivery import Delivery
from safepause.app.event_recorder import EventRecorder
from safepause.app.hooks_controller import HooksController
from safepause.app.pause_flow import PauseFlow
from safepause.app.reminders import Reminders
from safepause.app.settings_controller import SettingsController
from safepause.app.shortcut_controller import ShortcutController
from safepause.app.tray_controller import TrayController
from safepause.app.windows import Windows
from safepause.core.capability import CapabilityKey
from safepause.core.listeners import Order
from safepause.core.prompt import Prompt
from safepause.core.reminder_engine import ReminderEngine
from tests.app import scenes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.app.running import Program

SEEN, REMINDED, REST = "seen", "reminded", "the rest"
LISTENERS: dict[str, list[tuple[type, str]]] = {
    SEEN: [
        (PauseFlow, "_follow"),
        (PauseFlow, "_use"),
        (PauseFlow, "time_moved"),
        (Windows, "_use"),
        (TrayController, "update"),
        (PauseFlow, "show_prompt"),
        (Delivery, "_notify"),
        (Delivery, "time_moved"),
    ],
    REMINDED: [(ReminderEngine, "_changed"), (Reminders, "time_moved")],
    REST: [
        (EventRecorder, "_changed"),
        (EventRecorder, "_announced"),
        (HooksController, "_changed"),
        (HooksController, "_announced"),
        (Delivery, "_changed"),
        (SettingsController, "_use"),
        (AutostartController, "_show"),
        (ShortcutController, "_bind"),
    ],
}
EVENTS = {
    "change": (scenes.paused, [SEEN] * 2 + [REMINDED] + [REST] * 3),
    "settings": (scenes.dark_theme, [SEEN] * 3 + [REST] * 3),
    "announcement": (scenes.heads_up, [SEEN] * 3 + [REST] * 2),
    "time": (scenes.jump, [SEEN] * 3 + [REMINDED]),
}
"""Each event, and who hears of it in which order."""


def note(
    monkeypatch: pytest.MonkeyPatch, kind: type, name: str, tell: Callable[[], object]
) -> None:
    """Call `tell` before each call of a method."""
    method: Callable[..., object] = getattr(kind, name)

    def call(owner: object, *values: Any, **named: Any) -> object:  # noqa: ANN401  -- any method's
        tell()
        return method(owner, *values, **named)

    monkeypatch.setattr(kind, name, call)


@pytest.mark.parametrize("event", EVENTS)
def test_what_a_person_sees_comes_first(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch, event: str
) -> None:
    """Window, icon and notification are told of each event first, then reminders, then the rest."""
    happens, order = EVENTS[event]
    told: list[str] = []
    for place, methods in LISTENERS.items():
        for kind, name in methods:
            note(monkeypatch, kind, name, lambda place=place: told.append(place))  # type: ignore[misc]
    program = start()
    if event == "announcement":
        scenes.paused(program)
    told.clear()
    happens(program)
    assert told == order


def test_the_reminders_know_of_a_jump_before_the_rest(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A listener with the order of the reminders that is added later is told after them."""
    told: list[str] = []
    note(monkeypatch, Reminders, "time_moved", lambda: told.append(REMINDED))
    program = start()
    program.app.on_time_moved(CapabilityKey.HOOKS, lambda: told.append(REST), Order.REMIND)
    scenes.jump(program)
    assert told == [REMINDED, REST]


def test_window_and_notification_know_of_a_prompt_before_the_rest(
    start: Callable[[], Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part that is told with the reminders, and was added later, is told after both."""
    told: list[str] = []
    note(monkeypatch, PauseFlow, "show_prompt", lambda: told.append("window"))
    note(monkeypatch, Delivery, "_notify", lambda: told.append("notification"))
    program = start()
    program.app.prompts.add(CapabilityKey.HOOKS, lambda _prompt: told.append(REST), Order.REMIND)
    program.app.prompts.tell(Prompt("Hello", "How are you two?"))
    assert told == ["window", "notification", REST]
