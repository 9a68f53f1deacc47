"""A digest for one reader: read through access, and said in words."""
