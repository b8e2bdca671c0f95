"""Which group of settings has which widgets beside its fields. A new widget is one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from safepause.core.settings.declaration import Group
from safepause.ui.settings.techniques import Techniques
from safepause.ui.settings.voices import Voices

if TYPE_CHECKING:
    from safepause.ui.settings.extra import Extra

EXTRAS: dict[Group, tuple[type[Extra], ...]] = {
    Group.BREATHING: (Techniques,),
    Group.SOUND: (Voices,),
}
"""The widgets of each group, in their order."""
