"""The log file: collecting records, writing and rotating the file, reading its end."""
