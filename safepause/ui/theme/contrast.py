"""Whether the system asks for more contrast, and being told when that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QStyleHints


def more_contrast() -> bool:
    """Tell whether the system asks for more contrast. Qt knows it from 6.10 on."""
    hints = QGuiApplication.styleHints()
    preference = getattr(_accessibility(hints), "contrastPreference", None)
    return preference is not None and preference().name == "HighContrast"


def follow_system(changed: Callable[[], object]) -> None:
    """Call `changed` when the system turns light or dark, or asks for more or less contrast."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(changed)
    contrast = getattr(_accessibility(hints), "contrastPreferenceChanged", None)
    if contrast is not None:
        contrast.connect(changed)


def _accessibility(hints: QStyleHints) -> Any:  # noqa: ANN401  # its type is unknown before Qt 6.10
    """Return the system's wishes. The object lives as long as the caller holds `hints`."""
    made = getattr(hints, "accessibility", None)
    return made() if made else None
