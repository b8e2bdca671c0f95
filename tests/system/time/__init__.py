"""Tests of safepause.system.time."""
