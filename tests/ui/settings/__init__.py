"""Tests of safepause.ui.settings."""
