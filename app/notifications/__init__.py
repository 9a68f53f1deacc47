"""The quiet inbox: what happened that concerns somebody, and what they want to hear of."""
