"""Whether a plan of work meets the lessons that bear on it, and how long that takes."""
