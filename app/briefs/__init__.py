"""Before you start: the work in a few sentences, the lessons that matter, and what was decided."""
