"""Tests of safepause.core."""
