"""Notifications through plyer, for systems without a D-Bus service.

plyer passes text unchecked to command lines, to GVariant text and to structures of fixed length.
Some of its parts block until the notice is gone. So this module first removes special characters
from the text. plyer runs in a thread, one call at a time.
"""

from __future__ import annotations

import socket
import sys
import warnings
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from plyer import notification
from PySide6.QtCore import QObject, QSocketNotifier

from safepause.core.capability import Capability, CapabilityKey
from safepause.i18n.language import _
from safepause.system.notifications.backend import sendable

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.notifications.backend import Notice

TITLE_LENGTH = 63
BODY_LENGTH = 255
"""The most characters that a balloon of Windows has."""
SECONDS = 10
_REPORTS = not sys.platform.startswith("linux")
"""On Linux plyer calls tools and ignores their exit codes, so a failure stays unknown."""
_HARMLESS = str.maketrans(
    {"'": "\u2019", '"': "\u201d", "<": "\u2039", ">": "\u203a", "&": "+", "\\": "/"}
)


def with_plyer(title: str, body: str) -> None:
    """Show a notice. This may block until the notice is gone, so it runs in a thread.

    Raises:
        Exception: of any kind that plyer's part for this system raises.

    """
    # plyer warns about every tool that isn't installed. The person can't do anything about it.
    warnings.filterwarnings("ignore", category=UserWarning, module=r"plyer\.")
    notification.notify(title=title, message=body, app_name="SafePause", timeout=SECONDS)


class PlyerNotifications(QObject):
    """The channel of plyer. It has no buttons, and can't remove a notice."""

    def __init__(
        self,
        notify: Callable[[str, str], None] = with_plyer,
        *,
        reports: bool = _REPORTS,
        parent: QObject | None = None,
    ) -> None:
        """Show notices with `notify`, which may block. If it `reports`, it raises when it fails."""
        super().__init__(parent)
        self._notify = notify
        self._reports = reports
        self._task: _Task | None = None

    @property
    def busy(self) -> bool:
        """Whether the call for the last notice is still running."""
        return self._task is not None

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Show a notice, as `Channel` says. Earlier notices stay."""
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
        """Do nothing, because plyer can't remove a notice. Notices disappear by themselves."""

    def capability(self) -> Capability:
        """Return whether plyer would report a failure. No system says more."""
        if self._reports:
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
        task.thread.join()  # at once: the thread has closed the socket as its last step
        if task.errors:
            task.refused(task.errors[0])
        elif not self._reports:
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
    """Call `notify` in the thread. Closing `done` tells the GUI thread that it has ended.

    A Qt signal would need a QObject here. If this thread were its last owner, Qt would crash.
    """
    try:
        notify(title, body)
    except Exception as error:  # noqa: BLE001  -- the border: plyer's parts raise anything
        errors.append(f"plyer: {type(error).__name__}")  # its text may have a name of the notice
    finally:
        done.close()


def harmless(text: str, most: int) -> str:
    """Return the text with at most `most` characters, none of which is special for a tool.

    There are no control characters, quotes, markup or backslashes, and no "-" at the beginning.
    """
    shown = "".join(char if char.isprintable() else " " for char in sendable(text))
    plain = " ".join(shown.translate(_HARMLESS).split()).lstrip("-").lstrip()
    return plain if len(plain) <= most else plain[: most - 1] + "\u2026"
