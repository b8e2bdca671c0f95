"""Starting with the computer."""
