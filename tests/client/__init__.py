"""Tests of safepause.client and safepause.cli."""
