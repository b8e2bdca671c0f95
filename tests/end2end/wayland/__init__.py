"""End-to-end tests on Wayland: the real program in sway and in KWin, without a screen."""
