"""Handing one message to a mail server, within a time of our own choosing."""

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

_STEP_SECONDS = 20.0
#: From the first look for the server to the last word with it.
DEADLINE_SECONDS = 60.0
_PORT, _TLS_PORT = 25, 465


@dataclass(frozen=True, slots=True)
class Smtp:
    """Delivery over `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`.

    Each answer is waited for so long, and all of it together so long: a server that sends a letter
    now and then is left like one that sends none. Raises smtplib.SMTPException, OSError.
    """

    url: str
    step_seconds: float = _STEP_SECONDS
    deadline_seconds: float = DEADLINE_SECONDS

    def __call__(self, message: EmailMessage) -> None:
        address = urlsplit(self.url)
        with _Deadline(self.deadline_seconds, self.step_seconds).armed() as deadline:
            server = _connected(address, deadline)
            try:
                if address.scheme == "smtp+starttls":
                    server.starttls(context=ssl.create_default_context())
                if address.username:
                    server.login(unquote(address.username), unquote(address.password or ""))
                server.send_message(message)
                # It is theirs now: whatever becomes of our farewell, it is not sent again.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
            finally:
                server.close()


class _Deadline:
    """Ends a conversation when its time is over, in whatever state it is: what waits for the socket
    hears that it was closed."""

    def __init__(self, seconds: float, step_seconds: float):
        self._until = time.monotonic() + seconds
        self._step_seconds = step_seconds
        self._lines: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    @contextmanager
    def armed(self) -> Iterator["_Deadline"]:
        self._timer.start()
        try:
            yield self
        finally:
            self._timer.cancel()
            for line in self._lines:
                line.close()

    def open(self, host: str, port: int) -> socket.socket:
        """A connection to whichever address of the host answers first, in their order."""
        trouble: OSError = OSError(f"{host} has no address")
        for *_, place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            try:
                line = socket.create_connection(
                    (str(place[0]), port), min(left, self._step_seconds)
                )
            except OSError as error:
                trouble = error
                continue
            line.settimeout(self._step_seconds)
            # The same line under another name: TLS takes the first one over.
            self._lines.append(line.dup())
            return line
        raise trouble

    def _cut(self) -> None:
        for line in self._lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def _connected(address: SplitResult, deadline: _Deadline) -> smtplib.SMTP:
    class Plain(smtplib.SMTP):
        def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
            return deadline.open(host, port)

    class Encrypted(smtplib.SMTP_SSL, Plain):
        """Encrypted from the first byte: `SMTP_SSL` wraps what its neighbour opens."""

    host = address.hostname or "localhost"
    if address.scheme == "smtps":
        return Encrypted(host, address.port or _TLS_PORT, context=ssl.create_default_context())
    return Plain(host, address.port or _PORT)
