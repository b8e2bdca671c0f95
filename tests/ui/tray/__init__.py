"""Tests of safepause.ui.tray."""
