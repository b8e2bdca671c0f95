"""Tests of safepause.ui.windows."""
