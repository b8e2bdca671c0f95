"""SafePause: people call a pause in an argument with one click, and come back from it."""

__version__ = "0.2.0"
APP_ID = "io.github.safepause.SafePause"
"""The program's name among all programs of a desktop, and of the files that describe it there."""
