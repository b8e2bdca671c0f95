"""What a person asks for in the pause window becomes a command, or opens another window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.origin import Origin

if TYPE_CHECKING:
    from safepause.app.pause_flow import PauseFlow
    from safepause.app.windows import Windows
    from safepause.ui.pause.window import PauseWindow


def connect(window: PauseWindow, flow: PauseFlow, windows: Windows) -> None:
    """Connect every request of the pause window."""
    window.undo_requested.connect(lambda: flow.undo(Origin.WINDOW))
    window.return_requested.connect(lambda: flow.come_back(Origin.WINDOW))
    window.more_time_requested.connect(lambda when: flow.extend(Origin.WINDOW, when))
    window.let_go_requested.connect(lambda: flow.let_go(Origin.WINDOW))
    window.pause_again_requested.connect(lambda: flow.call(Origin.WINDOW))
    window.small_restart_requested.connect(lambda: flow.small_restart(Origin.WINDOW))
    window.talk_requested.connect(flow.talk_at)
    window.look_back_wanted.connect(flow.look_back)
    window.support_requested.connect(windows.show_support)
    window.sound_requested.connect(flow.set_sound)
    window.breathing_began.connect(lambda session, began: flow.breathing((session, began)))
    window.breathing_ended.connect(lambda: flow.breathing(None))
    window.sound_offered = flow.sound_offered()
