"""Tests of safepause.system.session."""
