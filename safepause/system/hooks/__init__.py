"""The person's own commands, run when a pause begins, is due or ends."""
