"""Tests of safepause.commands."""
