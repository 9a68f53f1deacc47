"""The first page: one question, what is new for me, what waits for me."""
