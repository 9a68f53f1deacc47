"""The manager's month on one page: compiled once, kept, read on the web and by mail."""
