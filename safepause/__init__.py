"""SafePause: people call a pause in an argument with one click, and come back from it."""

__version__ = "0.2.0"
