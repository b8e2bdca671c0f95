"""The rules of a pause, in plain Python. The core knows no Qt, no files and no visible words."""
