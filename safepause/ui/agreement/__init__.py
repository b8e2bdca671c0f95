"""The window of the agreement, its lines, and the page to print."""
