"""SafePause: a pause in an argument, one click away, and a way back from it."""

__version__ = "0.2.0"
