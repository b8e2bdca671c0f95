"""End-to-end tests: the real program on a real desktop without a screen."""
