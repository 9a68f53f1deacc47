"""A mail server on this machine that does at one stage what no mail server should."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import BinaryIO

STAGES = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "taken", "QUIT")
_GOOD = {"greeting": 220, "DATA": 354, "QUIT": 221}
_DRIP_SECONDS = 0.02
_LONGEST_SECONDS = 20


@dataclass
class FaultyServer:
    """`fault` is (stage, what it does there instead of answering well): `stall`, `drip` (a letter
    now and then, never a line), `drop`, or a number and words to answer with. `taken` are the
    messages whose end it saw; from the second conversation on, it behaves if `mends`."""

    fault: tuple[str, str] = ("", "")
    mends: bool = False
    taken: list[bytes] = field(default_factory=list)
    port: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @contextmanager
    def running(self) -> Iterator["FaultyServer"]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.port = listening.getsockname()[1]
            thread = threading.Thread(target=self._serve, args=(listening,))
            thread.start()
            try:
                yield self
            finally:
                self._over.set()
                # Wakes who waits for the next conversation.
                with suppress(OSError), socket.create_connection(("127.0.0.1", self.port)):
                    pass
                thread.join()

    def _serve(self, listening: socket.socket) -> None:
        while not self._over.is_set():
            line, _ = listening.accept()
            line.settimeout(_LONGEST_SECONDS)
            with line, line.makefile("rb") as heard, suppress(OSError):
                self._talk(line, heard)
            if self.mends:
                self.fault = ("", "")

    def _talk(self, line: socket.socket, heard: BinaryIO) -> None:
        if not self._says(line, "greeting"):
            return
        for said in heard:
            stage = "EHLO" if said.startswith(b"helo") else said[:4].decode().strip().upper()
            if not self._says(line, stage):
                return
            if stage == "DATA" and self.fault[0] != stage:
                self.taken.append(b"".join(iter(heard.readline, b".\r\n")))
                if not self._says(line, "taken"):
                    return

    def _says(self, line: socket.socket, stage: str) -> bool:
        """Whether the conversation goes on."""
        at, does = self.fault
        if at != stage:
            line.sendall(b"%d OK\r\n" % _GOOD.get(stage, 250))
            return True
        if does == "stall":
            self._wait(line)
        while does == "drip" and not self._over.wait(_DRIP_SECONDS):
            line.sendall(b"2")
        if does[0].isdigit():
            line.sendall(does.encode() + b"\r\n")
            return True
        return False

    def _wait(self, line: socket.socket) -> None:
        """Until the other has enough of it."""
        line.settimeout(_DRIP_SECONDS)
        while not self._over.is_set():
            with suppress(TimeoutError):
                if not line.recv(1024):
                    return
