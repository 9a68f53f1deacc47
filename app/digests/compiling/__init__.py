"""What a digest holds: facts, sections, editions; compiled once and kept."""
