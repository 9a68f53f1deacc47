"""Refuses a body that is larger than the limit, in the form that the asker reads.

The framework's own limit answers in plain text, outside of the layers that put the headers on every
answer: a page would be neither ours nor under the content policy, a program's answer not JSON.
"""

from starlette.exceptions import HTTPException

from app.kit.headers import App, Message, Receive, Scope, Send

_TOO_LARGE = 413
_MOST_DIGITS = 18


class BodyLimit:
    """Reads no more than `most_bytes` of a request: what its length promises is refused at once,
    what comes in pieces when it is too much."""

    def __init__(self, app: App, *, most_bytes: int):
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        promised = dict(scope["headers"]).get(b"content-length", b"0")
        # A length of more digits than a number may have is no length that anybody could send.
        told = promised.isdigit() and len(promised) <= _MOST_DIGITS
        read = int(promised) if told else self._most_bytes + 1 if promised.isdigit() else 0
        if read <= self._most_bytes:
            read = 0

        async def receive_at_most() -> Message:
            nonlocal read
            if read > self._most_bytes:
                raise HTTPException(_TOO_LARGE)
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most_bytes:
                raise HTTPException(_TOO_LARGE)
            return message

        await self._app(scope, receive_at_most, send)
