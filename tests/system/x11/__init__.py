"""Tests of safepause.system.x11, on a real X server."""
