"""Tests of safepause.core.shortcut."""
