"""What a person sees: tray, windows, widgets, theme. They show and emit, and decide nothing."""
