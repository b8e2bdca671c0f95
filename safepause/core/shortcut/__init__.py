"""Global shortcuts as values: key combinations, and lines that bind keys by hand."""
