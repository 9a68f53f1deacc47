"""The sections of a digest, one file each: what they count, and what they choose to show."""
