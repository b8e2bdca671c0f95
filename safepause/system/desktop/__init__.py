"""Desktop entries, the menu's files, and the command that starts SafePause."""
