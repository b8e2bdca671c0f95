"""Tests of safepause.system.desktop."""
