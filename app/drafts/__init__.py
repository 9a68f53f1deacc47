"""What somebody is writing: kept as typed until it is posted, theirs alone."""
