"""Tests of safepause.system.log."""
