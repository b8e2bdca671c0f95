"""Tests of the command line: asking the app, starting it, working without it."""
