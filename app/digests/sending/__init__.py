"""The right digest to the right person on the right morning, once."""
