"""Tests; each docstring states a fact that holds."""
