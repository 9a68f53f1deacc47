"""How fast our search is beside other engines, on the same papers and the same questions."""
