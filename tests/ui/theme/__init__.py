"""Tests of safepause.ui.theme."""
