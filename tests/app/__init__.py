"""Tests of the parts of the running program, and of their connections."""
