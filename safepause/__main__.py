"""`python -m safepause` is the `safepause` command."""

from safepause.cli import main

raise SystemExit(main())
