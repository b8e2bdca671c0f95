"""The five pages of the settings window: which groups of settings each of them shows, in order.

Every group of the catalogue except `Group.UNSEEN` is on one page. `extras` adds what isn't a field.
"""

from __future__ import annotations

from enum import Enum

from safepause.core.settings.declaration import Group
from safepause.i18n.language import _


class Tab(Enum):
    """A page of the settings window."""

    TWO = "two"
    BREATHING = "breathing"
    SOUND = "sound"
    LOOK = "look"
    COMPUTER = "computer"


GROUPS = {
    Tab.TWO: (Group.AGREEMENT, Group.DAILY),
    Tab.BREATHING: (Group.BREATHING,),
    Tab.SOUND: (Group.SOUND,),
    Tab.LOOK: (Group.LOOK,),
    Tab.COMPUTER: (Group.SHORTCUT, Group.COMPUTER, Group.HOOKS),
}
"""The groups of each page, in the order in which the page shows them."""


def tab_name(tab: Tab) -> str:
    """Return the name of a page."""
    return {
        Tab.TWO: _("You two"),
        Tab.BREATHING: _("Breathing"),
        Tab.SOUND: _("Sound"),
        Tab.LOOK: _("Look"),
        Tab.COMPUTER: _("This computer"),
    }[tab]


def heading(group: Group) -> str:
    """Return the heading of a group."""
    return {
        Group.AGREEMENT: _("Your pauses"),
        Group.DAILY: _("Every day"),
        Group.BREATHING: _("Breathing"),
        Group.SOUND: _("Sound"),
        Group.LOOK: _("Look"),
        Group.SHORTCUT: _("Shortcut"),
        Group.COMPUTER: _("Start and desktop"),
        Group.HOOKS: _("Your own commands"),
    }[group]


def purpose(group: Group) -> str:
    """Return the sentence below the heading of a group; empty if the heading says enough."""
    return {
        Group.DAILY: _("A small line at your times. Never during a pause."),
        Group.HOOKS: _("For lights, music or a status in a chat."),
    }.get(group, "")
