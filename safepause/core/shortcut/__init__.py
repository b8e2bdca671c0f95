"""Global shortcuts as values: combinations of keys, and lines that bind them by hand."""
