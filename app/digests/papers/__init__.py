"""A digest off the web: by mail, on paper, as text, in a calendar."""
