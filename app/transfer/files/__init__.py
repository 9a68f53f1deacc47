"""Reading a file of any kind as rows, whatever made it."""
