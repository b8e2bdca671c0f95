"""Measures SafePause against its budgets: python -m tests.bench prints a table."""
