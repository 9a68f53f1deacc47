"""The command line: one program, `commonplace`."""

from app.cli import demo, index, people, serve, transfer
from app.cli.program import program

__all__ = ["program"]

for group in (serve, demo, people, transfer, index):
    group.add_to(program)
