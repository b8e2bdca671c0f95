"""Tests of safepause.system.hooks."""
