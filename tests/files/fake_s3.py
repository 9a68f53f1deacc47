"""A bucket of S3 on this machine, as far as attachments need one; it can be full, or away."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

_LIST = '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
_CODES = {507: "XMinioStorageFull"}
_WHEN = "2026-03-02T09:30:00.000Z"


class FakeS3(ThreadingHTTPServer):
    """Objects by path below the server's root, so the bucket's name comes first."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.objects: dict[str, bytes] = {}
        self.refuses_with: int | None = None
        self.signed_by: set[str] = set()

    @property
    def url(self) -> str:
        return f"s3://AKEY:a%2Fsecret@127.0.0.1:{self.server_address[1]}/shelf/deep?http=1"


class _Asked(BaseHTTPRequestHandler):
    server: FakeS3
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        if self._serves():
            self.server.objects[self._path()] = content
            self._answer(200, headers={"ETag": '"x"'})

    def do_GET(self) -> None:
        if not self._serves():
            return
        if "list-type" in self.path:
            self._answer(200, self._listed())
        elif self._path() in self.server.objects:
            headers = {"ETag": '"x"', "Last-Modified": "Mon, 02 Mar 2026 09:30:00 GMT"}
            self._answer(200, self.server.objects[self._path()], headers)
        else:
            self._answer(404, b"<Error><Code>NoSuchKey</Code></Error>")

    def do_POST(self) -> None:
        """Several are erased by one call."""
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self._serves():
            keys = re.findall("<Key>([^<]*)</Key>", asked)
            for key in keys:
                self.server.objects.pop(f"{self._path()}/{key}", None)
            gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
            self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def log_message(self, *_words: object) -> None:
        """Nobody reads it."""

    def _serves(self) -> bool:
        self.server.signed_by.add(self.headers.get("Authorization", "").split("/")[0])
        if self.server.refuses_with:
            code = _CODES.get(self.server.refuses_with, "AccessDenied")
            self._answer(self.server.refuses_with, f"<Error><Code>{code}</Code></Error>".encode())
        return not self.server.refuses_with

    def _path(self) -> str:
        return unquote(urlsplit(self.path).path).strip("/")

    def _listed(self) -> bytes:
        prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
        keys = [path.removeprefix("shelf/") for path in self.server.objects]
        found = "".join(
            f"<Contents><Key>{key}</Key><LastModified>{_WHEN}</LastModified><ETag>x</ETag>"
            f"<Size>1</Size></Contents>"
            for key in keys
            if key.startswith(prefix)
        )
        return f"{_LIST}<IsTruncated>false</IsTruncated>{found}</ListBucketResult>".encode()

    def _answer(
        self, status: int, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def fake_s3() -> Iterator[FakeS3]:
    """A bucket that serves until the block ends."""
    server = FakeS3()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
