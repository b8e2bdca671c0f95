"""Tests of the widgets that windows share."""
