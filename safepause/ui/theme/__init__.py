"""Colours, type sizes and style sheets."""
