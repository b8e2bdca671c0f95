"""X11: one binding to libX11, and what hot keys and full-screen windows need of it."""
