"""Colours, the style sheet, and whether animations run."""
