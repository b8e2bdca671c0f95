"""The home, history and support windows, and what all windows share."""
