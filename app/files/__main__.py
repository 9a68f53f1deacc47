"""Cleans one file from standard input to standard output, or reads its text, under limits that the
kernel keeps.

What becomes of it stands on the last line of standard error, as JSON: the facts, or the refusal.
"""

import json
import os
import resource
import sys
from importlib import import_module

from app.files.cleaning import clean
from app.files.limits import LARGEST_FILE_BYTES, MEMORY_BYTES, REFUSED, WORKING_SECONDS
from app.kit.errors import Problem

_LIMITS = {
    resource.RLIMIT_AS: MEMORY_BYTES,
    resource.RLIMIT_CPU: WORKING_SECONDS,
    resource.RLIMIT_FSIZE: LARGEST_FILE_BYTES,
    resource.RLIMIT_CORE: 0,
}
_POLITE = 5


def main(task: str, name: str) -> int:
    """Do the task (`clean` or `read`) with a file that was brought under `name`; the exit
    status."""
    for limit, most in _LIMITS.items():
        resource.setrlimit(limit, (most, most))
    os.nice(_POLITE)
    try:
        if task == "read":
            read = import_module("app.files.document_text").read
            said = read(sys.stdin.buffer, sys.stdout.buffer)
        else:
            said = clean(sys.stdin.buffer, sys.stdout.buffer, name).as_dict()
        status = 0
    except Problem as problem:
        said, status = {"code": problem.code, "message": problem.message}, REFUSED
    sys.stdout.flush()
    sys.stderr.write(f"\n{json.dumps(said)}\n")
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
