"""The app and the command line: one lock, one socket, one protocol."""
