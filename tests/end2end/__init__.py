"""End to end: the real program, driven on a real desktop without a screen."""
