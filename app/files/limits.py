"""How much a file may ask of the process that cleans it, and what that says at its end."""

#: Of processor time; what asks for more is refused.
WORKING_SECONDS = 4
MEMORY_BYTES = 512 * 1024 * 1024
LARGEST_FILE_BYTES = 512 * 1024 * 1024
#: The exit status for a file that was looked at and refused.
REFUSED = 3
