"""A mail server on this machine that often refuses, stalls, and hangs up."""

import random
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import NamedTuple

_STALL_SECONDS = 1.0
_MOODS = ("busy", "no greeting", "stalls", "later", "hangs up", "no room")


class Taken(NamedTuple):
    """A message that the server answered for with 250: when, and what it was."""

    at: float
    to: str
    subject: str
    message_id: str


@dataclass
class MoodyMail:
    """`bad` is how likely a conversation goes wrong. What it does not say yes to it throws away."""

    bad: float = 0.25
    taken: list[Taken] = field(default_factory=list)
    moods: dict[str, int] = field(default_factory=dict)
    port: int = 0

    @contextmanager
    def running(self) -> Iterator["MoodyMail"]:
        class Talk(_Talk):
            mail = self

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 50

        with Server(("127.0.0.1", 0), Talk) as server:
            self.port = server.server_address[1]
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            try:
                yield self
            finally:
                server.shutdown()
                thread.join()

    def mood(self) -> str:
        mood = random.choice(_MOODS) if random.random() < self.bad else "good"
        self.moods[mood] = self.moods.get(mood, 0) + 1
        return mood


class _Talk(socketserver.StreamRequestHandler):
    mail: MoodyMail

    def handle(self) -> None:
        with suppress(OSError):
            self._talk(self.mail.mood())

    def _talk(self, mood: str) -> None:
        if mood == "no greeting":
            return
        if mood == "stalls":
            time.sleep(_STALL_SECONDS)
            return
        if mood == "busy":
            self._say("421 4.3.2 too busy")
            return
        self._say("220 here")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT" and mood == "later":
                self._say("451 4.7.1 later")
            elif verb == b"DATA":
                self._say("354 go on")
                if not self._take(mood):
                    return
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _take(self, mood: str) -> bool:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        else:
            return False
        if mood == "hangs up":
            return False
        if mood == "no room":
            self._say("452 4.3.1 no room")
            return True
        message = message_from_bytes(b"".join(lines), policy=default)
        facts = (message["To"], message["Subject"], message["Message-ID"])
        self.mail.taken.append(Taken(time.monotonic(), *map(str, facts)))
        self._say("250 taken")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")
