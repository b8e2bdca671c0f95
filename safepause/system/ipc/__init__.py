"""Inter-process communication: the instance lock, and commands from the command line to the app."""
