"""Desktop entries, the files of the menu, and the command that starts SafePause."""
