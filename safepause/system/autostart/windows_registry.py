"""The person's part of the Windows registry, through winreg. It has never run on Windows."""

from __future__ import annotations

import sys
from contextlib import suppress

assert sys.platform == "win32"  # noqa: S101  -- elsewhere there is no winreg: mypy skips the file

import winreg  # noqa: E402  -- after the assert


class WindowsRegistry:
    """Reads, writes and deletes one value."""

    def read(self, key: str, name: str) -> object:
        """Return a value, or None if there is none.

        Raises:
            OSError: the value can't be read.

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
            OSError: the value can't be written.

        """
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

    def delete(self, key: str, name: str) -> None:
        """Delete a value, if there is one.

        Raises:
            OSError: the value can't be deleted.

        """
        with (
            suppress(FileNotFoundError),
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened,
        ):
            winreg.DeleteValue(opened, name)
