"""Tests of the running program's parts and how they are connected."""
