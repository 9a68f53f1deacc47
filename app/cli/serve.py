"""`commonplace serve` and `commonplace worker`."""

import os
import signal
import socket
from typing import Annotated

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from app.cli.program import open_house, refuse, say
from app.config import load_settings
from app.kit.clock import system_clock
from app.kit.db import Database
from app.kit.logs import set_up_logs
from app.main import make_worker, meaning_for
from search import open_index

_BACKLOG = 2048
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - recognised here, never chosen


def add_to(program: typer.Typer) -> None:
    program.command()(serve)
    program.command()(worker)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Server processes.", min=1, max=64)] = 1,
) -> None:
    """Serve the pages and the API, with the worker inside."""
    _default_base_url(host, port)
    with open_house() as house:
        base_url = house.settings.base_url
    sock = _listen(host, port)
    config = uvicorn.Config(
        "app.main:from_environment",
        factory=True,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=10,
        timeout_keep_alive=30,
    )
    say.print(f"Commonplace is at {base_url}  (Ctrl+C ends it)", markup=False)
    server = uvicorn.Server(config)
    if workers == 1:
        server.run(sockets=[sock])
    else:
        set_up_logs(level=house.settings.log_level, form=house.settings.log_format)
        Multiprocess(config, sockets=[sock]).run()


def worker() -> None:
    """Do the background work alone, for servers that run with COMMONPLACE_RUN_WORKER=false."""
    settings = load_settings()
    with open_house():
        pass
    set_up_logs(level=settings.log_level, form=settings.log_format)
    database = Database(settings.database)
    with open_index(settings.index_folder) as index:
        running = make_worker(settings, database, index, system_clock, meaning_for(settings))
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: running.stop_soon())
        say.print("The worker runs.  (Ctrl+C ends it)")
        running.run()
    database.close()


def _default_base_url(host: str, port: int) -> None:
    # Server processes read the settings from the environment, so what is not set is put there.
    if not os.environ.get("COMMONPLACE_BASE_URL") and not load_settings().model_fields_set & {
        "base_url"
    }:
        shown = "127.0.0.1" if host in _EVERYWHERE else host
        shown = f"[{shown}]" if ":" in shown else shown
        os.environ["COMMONPLACE_BASE_URL"] = f"http://{shown}:{port}"


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket that every server process accepts from.

    TCP_NODELAY is set here because accepted sockets inherit it: without it an answer's headers and
    body, written apart, wait 40 ms for a delayed acknowledgement on kept-alive connections.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        refuse(
            f"Cannot listen on {host}:{port}: {error.strerror}. "
            "Choose another with --port, or end the program that uses it."
        )
    sock.listen(_BACKLOG)
    sock.set_inheritable(True)
    return sock
