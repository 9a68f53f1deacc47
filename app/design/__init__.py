"""Every component of the look on one living page, for those who develop the product."""
