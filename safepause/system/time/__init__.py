"""Time: calls at an instant of the wall clock, and news of a clock that jumped."""
