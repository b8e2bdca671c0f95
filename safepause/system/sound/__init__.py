"""The sound of the breathing, through miniaudio. Without it, silence."""
