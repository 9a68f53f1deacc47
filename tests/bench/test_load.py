"""Many clients in one process: they ask in turn, over and over, and see what was answered."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from app.bench.attack import worst_searches
from app.bench.clients import get_request, load
from app.bench.load import whole

ANSWERS = {
    b"/plain": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    b"/refused": b"HTTP/1.1 429 Too Many\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"/split": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
}


class Server:
    """Answers by path, on kept-alive connections; remembers what was asked, by connection."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.asked: list[list[bytes]] = []
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self) -> None:
        others: list[threading.Thread] = []
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                break
            self.asked.append([])
            answering = threading.Thread(target=self._answer, args=(connection, self.asked[-1]))
            answering.start()
            others.append(answering)
        for thread in others:
            thread.join()

    def _answer(self, connection: socket.socket, asked: list[bytes]) -> None:
        with connection, suppress(ConnectionError):
            while head := connection.recv(65_536):
                asked.append(head.split()[1])
                connection.sendall(ANSWERS[asked[-1]])
                if b"close" in ANSWERS[asked[-1]]:
                    break

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def test_each_client_sends_its_requests_in_turn(server: Server) -> None:
    seen = load(server.port, [[get_request("/plain"), get_request("/split")]] * 3, seconds=0.3)
    assert len(server.asked) == 3
    assert all(own[:4] == [b"/plain", b"/split"] * 2 for own in server.asked)
    assert seen.statuses.keys() == {200}
    assert seen.share(200) == 1
    assert len(seen.times_ms) == seen.statuses[200]


def test_a_client_whose_connection_was_closed_comes_again(server: Server) -> None:
    seen = load(server.port, [[get_request("/refused")]], seconds=0.3, pause_ms=20)
    assert seen.statuses[429] > 1
    assert len(server.asked) > 1


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(RuntimeError, match="the clients ended with status 1"):
        load(port, [[get_request("/plain")]], seconds=0.1)


@pytest.mark.parametrize("answer", ANSWERS.values())
def test_an_answer_is_whole_with_its_last_byte(answer: bytes) -> None:
    assert all(whole(bytearray(answer[:n])) is None for n in range(len(answer)))
    assert whole(bytearray(answer)) == int(answer.split()[1])


def test_a_request_says_who_asks() -> None:
    assert "\r\nCookie: session=x\r\n" in get_request("/", cookie="session=x")
    assert "\r\nAuthorization: Bearer y\r\n" in get_request("/", token="y")
    assert get_request("/").endswith("\r\n\r\n")


def test_the_worst_searches_are_addresses_that_fit_a_request() -> None:
    for address in worst_searches():
        assert address.startswith("/search?q=")
        assert address.isascii()
        assert " " not in address
        assert len(address) < 16_000
