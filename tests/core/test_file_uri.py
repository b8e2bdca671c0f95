"""The address of a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from safepause.core.file_uri import file_uri


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/me/.local/share"), "file:///home/me/.local/share"),
        (PurePosixPath("/a b/ü?#%"), "file:///a%20b/%C3%BC%3F%23%25"),
        (PurePosixPath("/not utf-8 \udcff"), "file:///not%20utf-8%20%FF"),
        (PureWindowsPath("C:/Users/me"), "file:///C:/Users/me"),
    ],
)
def test_characters_with_a_meaning_are_escaped(
    path: PurePosixPath | PureWindowsPath, uri: str
) -> None:
    """An address has no character that means something else in it, and it keeps every byte."""
    assert file_uri(path) == uri


def test_an_address_needs_no_network() -> None:
    """The making of an address imports nothing of HTTP, on any version of Python."""
    code = (
        "import sys; from pathlib import Path; from safepause.core.file_uri import file_uri;"
        "file_uri(Path('/a')); print('urllib.request' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 -- ours
    assert done.stdout == "False\n"
