"""Tests of safepause.system.dbus."""
