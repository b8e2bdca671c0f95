"""`make test-desktops`: the real program on real desktops, each in a Debian of its own.

`python -m tests.desktops` makes the Debians, and runs `tests.desktops.inside` in each of them.
"""
