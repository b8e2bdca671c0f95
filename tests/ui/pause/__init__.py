"""Tests of safepause.ui.pause."""
