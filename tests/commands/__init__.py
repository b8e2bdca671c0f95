"""Tests of what the commands understand, do and answer."""
