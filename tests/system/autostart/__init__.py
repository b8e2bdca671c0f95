"""Tests of safepause.system.autostart."""
