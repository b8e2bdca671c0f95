"""Notifications through plyer, for systems without a D-Bus service. The only file that imports it.

plyer hands text to command lines, to GVariant text and to structures of fixed length, unchecked,
and some of its parts block until the notice is gone. So the text is made harmless first, and plyer
runs in a thread of its own, one at a time, which ends with the call.
"""

from __future__ import annotations

import socket
import sys
import warnings
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.notifications.backend import sendable

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.notifications.backend import Notice

TITLE_LENGTH = 63
BODY_LENGTH = 255
"""What Windows' balloons hold, in characters."""
SECONDS = 10
_TELLS = not sys.platform.startswith("linux")
"""On Linux plyer calls tools whose exit codes it drops: nobody knows whether they showed it."""
_HARMLESS = str.maketrans(
    {"'": "\u2019", '"': "\u201d", "<": "\u2039", ">": "\u203a", "&": "+", "\\": "/"}
)


def with_plyer(title: str, body: str) -> None:
    """Show a notice; may block for as long as it stands. Call in a thread of its own.

    Raises:
        Exception: of any kind that the system's part of plyer knows.

    """
    # It warns of every tool that it doesn't find, to a person who did not ask for it.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"plyer\.")
    from plyer import notification

    notification.notify(title=title, message=body, app_name="SafePause", timeout=SECONDS)


class PlyerNotifications(QObject):
    """A Channel without buttons, which can't take back what it showed."""

    def __init__(
        self,
        notify: Callable[[str, str], None] = with_plyer,
        *,
        tells: bool = _TELLS,
        parent: QObject | None = None,
    ) -> None:
        """Show with `notify`, which may block; `tells` says whether it raises when it fails."""
        super().__init__(parent)
        self._notify = notify
        self._tells = tells
        self._task: _Task | None = None

    @property
    def busy(self) -> bool:
        """Whether plyer still works on the last notice."""
        return self._task is not None

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Show a notice beside earlier ones; see `Channel`."""
        if self._task is not None:
            refused("plyer is still busy with the last notice")
            return
        title, body = harmless(notice.title, TITLE_LENGTH), harmless(notice.body, BODY_LENGTH)
        ours, theirs = socket.socketpair()
        errors: list[str] = []
        work = (self._notify, title, body, errors, theirs)
        thread = Thread(target=_work, args=work, daemon=True, name="plyer")
        notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, self)
        notifier.activated.connect(self._ended)
        self._task = _Task(thread, ours, notifier, errors, refused)
        thread.start()

    def withdraw(self) -> None:
        """Do nothing: plyer has no way to; its notices go by themselves."""

    def capability(self) -> Capability:
        """Say that the system is asked; no system says here whether it shows anything."""
        if self._tells:
            return Capability(
                CapabilityKey.NOTIFICATIONS, available=True, why=_("Your system shows them.")
            )
        why = _("No notification service runs here.")
        advice = _("The window tells you instead.")
        return Capability(CapabilityKey.NOTIFICATIONS, available=False, why=why, advice=advice)

    def _ended(self) -> None:
        task, self._task = self._task, None
        if task is None:
            return
        task.notifier.setEnabled(False)
        task.notifier.deleteLater()
        task.ours.close()
        task.thread.join()  # it has nothing left to do
        if task.errors:
            task.refused(task.errors[0])
        elif not self._tells:
            task.refused("plyer does not say whether it was shown")


@dataclass(frozen=True, slots=True)
class _Task:
    thread: Thread
    ours: socket.socket
    notifier: QSocketNotifier
    errors: list[str]
    refused: Callable[[str], None]


def _work(
    notify: Callable[[str, str], None],
    title: str,
    body: str,
    errors: list[str],
    done: socket.socket,
) -> None:
    """Run in the thread, which touches nothing of Qt's: closing `done` tells the GUI thread.

    A signal would need a QObject here, and one whose last owner is the wrong thread crashes.
    """
    try:
        notify(title, body)
    except Exception as error:  # noqa: BLE001  -- the border: plyer's parts raise anything
        errors.append(f"plyer: {type(error).__name__}")  # its text may quote the notice: a name
    finally:
        done.close()


def harmless(text: str, most: int) -> str:
    """Return the text in at most `most` characters, none of which means anything to a tool.

    No control characters, quotes, markup or backslashes, and no "-" at the beginning.
    """
    shown = "".join(char if char.isprintable() else " " for char in sendable(text))
    plain = " ".join(shown.translate(_HARMLESS).split()).lstrip("-").lstrip()
    return plain if len(plain) <= most else plain[: most - 1] + "\u2026"
