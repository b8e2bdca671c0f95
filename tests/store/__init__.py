"""Tests of safepause.store."""
