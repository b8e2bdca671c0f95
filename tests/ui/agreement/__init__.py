"""Tests of the agreement window."""
