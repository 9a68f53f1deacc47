"""What came of a lesson: uses with their results, recurrences, confirmations, and its effect."""
