# mypy: disable-error-code="attr-defined,unused-ignore"
# winreg is there, and typed, on Windows only.
"""The person's own part of the Windows registry, through winreg. Not run anywhere yet."""

from __future__ import annotations

import winreg
from contextlib import suppress


class WindowsRegistry:
    """Reads, writes and deletes one value."""

    def read(self, key: str, name: str) -> object:
        """Return a value; None if there is none.

        Raises:
            OSError: it can't be read.

        """
        with (
            suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened,
        ):
            return winreg.QueryValueEx(opened, name)[0]
        return None

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text.

        Raises:
            OSError: it can't be written.

        """
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

    def delete(self, key: str, name: str) -> None:
        """Delete a value, if there is one.

        Raises:
            OSError: it can't be deleted.

        """
        with (
            suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened,
        ):
            winreg.DeleteValue(opened, name)
