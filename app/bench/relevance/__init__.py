"""How good the order of results is, on collections that somebody judged."""
