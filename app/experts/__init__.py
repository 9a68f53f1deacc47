"""People who know: by what they wrote, used, answered and confirmed."""
