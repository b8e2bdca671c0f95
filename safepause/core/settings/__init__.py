"""Settings: what a setting is, and the list of all settings."""
