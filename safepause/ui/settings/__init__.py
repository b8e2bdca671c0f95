"""The settings window and its fields."""
