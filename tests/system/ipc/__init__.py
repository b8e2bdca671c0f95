"""Tests of safepause.system.ipc."""
