"""Our search and the engines it is compared with, each set up as one would set it up alone."""
