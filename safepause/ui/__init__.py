"""All windows and the tray icon. They show things and emit requests; they decide nothing."""
