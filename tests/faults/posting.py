"""Clients that post lessons through the API and write down every answer."""

import threading
from dataclasses import dataclass, field

import httpx2

from tests.serving import Server


@dataclass
class Poster(threading.Thread):
    """Posts one lesson after the other, each with its key again and again until it is answered."""

    server: Server
    token: str
    name_: str
    stop: threading.Event
    # What is answered so is sent again, as if the server had been gone.
    again_after: frozenset[int] = frozenset()
    acknowledged: dict[str, str] = field(default_factory=dict)
    repeats: int = 0
    refused: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(name=self.name_, daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        number = 0
        with httpx2.Client(base_url=self.server.url, timeout=15) as client:
            while not self.stop.is_set():
                number += 1
                self._post(client, f"Lesson {self.name_}-{number}")

    def _post(self, client: httpx2.Client, title: str) -> None:
        body = {"kind": "failure", "title": title, "lesson": "Posted while lights went out."}
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": title}
        while True:
            try:
                answer = client.post("/api/v1/lessons", json=body, headers=headers)
            except httpx2.TransportError:
                # The server is gone: whether the post was kept is not known, so it is sent again,
                # also after the end, since only what was answered counts.
                self.repeats += 1
                if self.stop.wait(0.05):
                    return
                continue
            if answer.status_code in self.again_after and not self.stop.wait(0.05):
                self.repeats += 1
                continue
            if answer.status_code == 201:
                self.acknowledged[title] = answer.json()["id"]
            else:
                self.refused.append(f"{answer.status_code} {answer.text[:200]}")
            return
