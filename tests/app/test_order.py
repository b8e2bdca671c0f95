"""The order of listeners: windows, the icon, the reminders, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from safepause.app.autostart_controller import AutostartController
from safepause.app.delivery import Delivery
from safepause.app.event_recorder import EventRecorder
from safepause.app.hooks_controller import HooksController
from safepause.app.pause_flow import PauseFlow
from safepause.app.pause_following import PauseFollowing
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

LISTENERS: dict[tuple[type, str], str] = {
    (PauseFollowing, "follow"): "window",
    (PauseFlow, "_use"): "window",
    (PauseFlow, "time_moved"): "window",
    (PauseFlow, "show_prompt"): "window",
    (Windows, "_use"): "other windows",
    (TrayController, "update"): "icon",
    (Delivery, "_notify"): "notification",
    (Delivery, "time_moved"): "notification",
    (ReminderEngine, "_changed"): "reminders",
    (Reminders, "time_moved"): "reminders",
    (EventRecorder, "_changed"): "log",
    (EventRecorder, "_announced"): "log",
    (HooksController, "_changed"): "hooks",
    (HooksController, "_announced"): "hooks",
    (Delivery, "_changed"): "old notification",
    (SettingsController, "_use"): "settings window",
    (AutostartController, "_show"): "autostart",
    (ShortcutController, "_bind"): "hot keys",
}
"""Each method that is told of an event, and what it stands for."""
EVENTS = {
    "change": (
        scenes.paused,
        ["window", "icon", "reminders", "log", "old notification", "hooks"],
    ),
    "settings": (
        scenes.dark_theme,
        ["other windows", "window", "icon", "autostart", "settings window", "hot keys"],
    ),
    "announcement": (scenes.heads_up, ["window", "icon", "notification", "log", "hooks"]),
    "time": (scenes.jump, ["window", "icon", "notification", "reminders"]),
}
"""Each event, and who hears of it in which order."""
REMINDED, REST = "reminded", "the rest"


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
    """Windows are told of each event first, then the icon, then notification and reminders."""
    happens, order = EVENTS[event]
    told: list[str] = []
    for (kind, name), place in LISTENERS.items():
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
