"""Tests of the global shortcut, mirroring safepause/system/shortcut."""
