"""How fast the product is, measured on this machine."""
