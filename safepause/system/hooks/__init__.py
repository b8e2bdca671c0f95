"""Hooks: the person's own commands, which run when a pause begins, is due or ends."""
