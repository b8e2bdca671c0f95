"""Tests of safepause.i18n."""
