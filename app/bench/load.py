"""Many clients at once in one cheap process, so that they burn as little as they can of the
processors that the server runs on: kept-alive raw sockets, one after the other as they answer.

Reads {"port": …, "requests": [[…], …], "seconds": …, "pause_ms": …} from standard input; `requests`
holds for each client the requests that it sends in turn, over and over. Writes the milliseconds of
each answer, and how many answers had which status.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

_CHUNK = 1 << 16
_LONGEST_SECONDS = 60
_SHORTEST_SECONDS = 0.001


@dataclass
class Client:
    """One connection, and how far the answer to its last request has come."""

    port: int
    requests: list[bytes]
    connection: socket.socket | None = None
    at: int = 0
    started: float = 0.0
    due: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def ask(self) -> None:
        """Send the next request."""
        if self.connection is None:
            self.connection = socket.create_connection(("127.0.0.1", self.port), _LONGEST_SECONDS)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received.clear()
        self.due = 0.0
        self.started = time.perf_counter()
        self.connection.sendall(self.requests[self.at % len(self.requests)])
        self.at += 1

    def read(self) -> int | None:
        """What has come; the status once the answer is whole, nought when the server hung up."""
        assert self.connection is not None
        try:
            chunk = self.connection.recv(_CHUNK)
        except ConnectionError:
            chunk = b""
        if not chunk:
            self.connection.close()
            self.connection = None
            return 0
        self.received += chunk
        return whole(self.received)


def whole(received: bytearray) -> int | None:
    """The status of an answer that is there in full; None while some of it is missing."""
    head, found, body = received.partition(b"\r\n\r\n")
    if not found:
        return None
    lines = head.lower().split(b"\r\n")
    status = int(lines[0].split()[1])
    for line in lines[1:]:
        if line.startswith(b"content-length:"):
            return status if len(body) >= int(line[15:]) else None
    return status if body.endswith(b"0\r\n\r\n") else None


def run(
    port: int, requests: list[list[str]], seconds: float, pause_ms: float = 0
) -> dict[str, Any]:
    """Let every client ask until the time is over, waiting so long after each answer."""
    clients = [Client(port, [text.encode("latin-1") for text in own]) for own in requests]
    times: list[float] = []
    statuses: Counter[int] = Counter()
    ends = time.perf_counter() + seconds
    with selectors.DefaultSelector() as selector:
        for client in clients:
            _ask(selector, client)
        # However little time there is, one answer is waited for.
        while (now := time.perf_counter()) < ends or not times:
            for client in clients:
                if client.due and client.due <= now:
                    _ask(selector, client)
            for key, _ in selector.select(_until_next(clients, now, ends)):
                client = key.data
                status = client.read()
                if status is None:
                    continue
                statuses[status] += 1
                times.append((time.perf_counter() - client.started) * 1000)
                selector.unregister(key.fileobj)
                client.due = time.perf_counter() + pause_ms / 1000
    for client in clients:
        if client.connection:
            client.connection.close()
    return {"times_ms": times, "statuses": dict(statuses)}


def _ask(selector: selectors.BaseSelector, client: Client) -> None:
    client.ask()
    assert client.connection is not None
    selector.register(client.connection, selectors.EVENT_READ, client)


def _until_next(clients: list[Client], now: float, ends: float) -> float:
    waiting = [client.due for client in clients if client.due]
    return max(_SHORTEST_SECONDS, min([ends, *waiting]) - now)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(**json.load(sys.stdin))))
