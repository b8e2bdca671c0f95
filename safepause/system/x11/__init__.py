"""X11 through ctypes: hot keys, and windows that fill a screen."""
