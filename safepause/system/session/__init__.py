"""The login session: its lock, its end, Unix signals, its tray."""
