"""Time: calls at a time of the wall clock, and jumps of the clock."""
