"""The log file: what is written, when, and how it is rotated."""
