"""Tests of safepause.system.notifications."""
