"""Notifications through plyer, for systems without a D-Bus service. The only file that imports it.

plyer hands text to command lines, to GVariant text and to structures of fixed length, unchecked,
and some of its parts block until the notice is gone. So the text is made harmless first, and plyer
runs in a thread of its own, one at a time, which ends with the call.
"""

from __future__ import annotations

import logging
import sys
import warnings
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from safepause.core.capability import Capability
from safepause.system.notifications.notice import sendable
from safepause.words import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from safepause.system.notifications.notice import Notice

TITLE_LENGTH = 63
BODY_LENGTH = 255
"""What Windows' balloons hold, in characters."""
SECONDS = 10
_TELLS = not sys.platform.startswith("linux")
"""On Linux plyer calls tools whose exit codes it drops: nobody knows whether they showed it."""
_HARMLESS = str.maketrans(
    {"'": "\u2019", '"': "\u201d", "<": "\u2039", ">": "\u203a", "&": "+", "\\": "/"}
)

log = logging.getLogger(__name__)


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

    _ended = Signal(object, str)

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
        self._thread: Thread | None = None
        self._ended.connect(self._report)

    def show(self, notice: Notice, refused: Callable[[str], None]) -> None:
        """Show a notice beside earlier ones; see `Channel`."""
        if self._thread is not None and self._thread.is_alive():
            refused("plyer is still busy with the last notice")
            return
        texts = (harmless(notice.title, TITLE_LENGTH), harmless(notice.body, BODY_LENGTH))
        self._thread = Thread(target=self._work, args=(*texts, refused), daemon=True, name="plyer")
        self._thread.start()

    def withdraw(self) -> None:
        """Do nothing: plyer has no way to; its notices go by themselves."""

    def capability(self) -> Capability:
        """Say that the system is asked; no system says here whether it shows anything."""
        if self._tells:
            return Capability("notifications", available=True, why=_("Your system shows them."))
        why = _("No notification service runs here.")
        advice = _("The window tells you instead.")
        return Capability("notifications", available=False, why=why, advice=advice)

    def _work(self, title: str, body: str, refused: Callable[[str], None]) -> None:
        """Run in the thread; the outcome goes to the GUI thread as a queued signal."""
        try:
            self._notify(title, body)
        except Exception as error:  # noqa: BLE001  -- the border: plyer's parts raise anything
            why = f"plyer: {error!r}"
        else:
            why = "" if self._tells else "plyer does not say whether it was shown"
        try:
            self._ended.emit(refused, why)
        except RuntimeError:
            log.debug("the program ended before plyer did")

    def _report(self, refused: Callable[[str], None], why: str) -> None:
        if why:
            refused(why)


def harmless(text: str, most: int) -> str:
    """Return the text in at most `most` characters, none of which means anything to a tool.

    No control characters, quotes, markup or backslashes, and no "-" at the beginning.
    """
    shown = "".join(char if char.isprintable() else " " for char in sendable(text))
    plain = " ".join(shown.translate(_HARMLESS).split()).lstrip("-").lstrip()
    return plain if len(plain) <= most else plain[: most - 1] + "\u2026"
