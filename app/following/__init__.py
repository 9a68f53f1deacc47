"""Topics, teams and people that somebody wants to hear of."""
