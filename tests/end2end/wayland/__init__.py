"""End to end on Wayland: the real program in sway and in KWin, both without a screen."""
