"""The tray icon, its menu and the actions that the menu and the home window share."""
