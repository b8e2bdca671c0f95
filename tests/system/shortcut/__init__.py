"""Tests of safepause.system.shortcut."""
