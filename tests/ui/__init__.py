"""Tests of tray, windows and widgets."""
