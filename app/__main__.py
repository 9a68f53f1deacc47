"""`python -m app` is the same program as `commonplace`."""

from app.cli import program

program(prog_name="commonplace")
