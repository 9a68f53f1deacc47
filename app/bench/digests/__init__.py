"""How long digests take in a large organisation, and what memory they need."""
