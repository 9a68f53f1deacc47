"""The command line: one program, `commonplace`."""

from app.cli import bench, briefs, demo, digest, index, people, serve, transfer
from app.cli.program import program

__all__ = ["program"]

for group in (serve, demo, people, briefs, digest, transfer, index, bench):
    group.add_to(program)
