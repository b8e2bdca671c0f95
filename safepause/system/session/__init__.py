"""The login session: its screen lock, its end, Unix signals, and its tray."""
