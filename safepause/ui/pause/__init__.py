"""The window of a pause and its pages."""
