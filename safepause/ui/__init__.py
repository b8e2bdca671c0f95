"""All windows and the tray icon. They show the state and emit requests. They decide nothing."""
