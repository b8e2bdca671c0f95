"""Words that a person reads: the catalogue, and the sentences that more than one place says."""
