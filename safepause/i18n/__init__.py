"""The words that a person reads: the catalogue, and the sentences that many places show."""
