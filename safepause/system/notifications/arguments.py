"""The arguments of Notify, as the specification of notifications describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause import APP_ID
from safepause.assets import resource
from safepause.core.file_uri import file_uri
from safepause.i18n.language import _
from safepause.system.notifications.backend import sendable

if TYPE_CHECKING:
    from safepause.system.notifications.backend import Notice

CATEGORY = "x-safepause.reminder"
_NORMAL, _CRITICAL = 1, 2
_AS_THE_DESKTOP_LIKES = -1


def icon() -> str:
    """Return the address of the icon's file. A notice is shown without it if there is none."""
    file = resource("icons", "safepause.svg")
    return file_uri(file) if file.is_file() else ""


def arguments(
    notice: Notice, abilities: frozenset[str], icon: str, replaces: int
) -> tuple[object, ...]:
    """Return the arguments of Notify for a notice and a service with these abilities.

    The title is always plain text. The body is markup only if the service says so. A click on the
    notice itself has the key "default": some services have no other button.
    """
    body = sendable(notice.body)
    if "body-markup" in abilities:
        # The module html would read a table of all entities, which takes 3 ms of the start.
        body = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    actions = [*notice.actions]
    if "default" not in dict(actions):
        actions.append(("default", _("Open SafePause")))
    return (
        "SafePause",
        replaces,
        icon,
        sendable(notice.title),
        body,
        [sendable(part) for action in actions for part in action] if "actions" in abilities else [],
        {
            "desktop-entry": ("s", APP_ID),
            "category": ("s", CATEGORY),
            "urgency": ("y", _CRITICAL if notice.urgent else _NORMAL),
            "suppress-sound": ("b", not notice.sound),
        },
        _AS_THE_DESKTOP_LIKES,
    )
