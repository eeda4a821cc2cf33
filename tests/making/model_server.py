"""A local server that speaks the protocol of OpenAI's chat completions, and misbehaves on demand."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class ModelServer(ThreadingHTTPServer):
    """Answers each request with `reply`, in the manner of `manner`; keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = ""
        self.manner = "good"  # slow, cut, json, refused, silent, error
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: ModelServer

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(json.loads(body))
        self.server.keys.append(self.headers.get("Authorization", ""))
        manner = self.server.manner
        if manner in {"refused", "error"}:
            self.send_response(401 if manner == "refused" else 500)
            self.end_headers()
            self.wfile.write(b'{"error":{"message":"no"}}')
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            self._stream(manner)
        except OSError:
            return

    def _stream(self, manner: str) -> None:
        if manner == "json":
            self.wfile.write(b"data: {not json\n\n")
            return
        if manner == "silent":
            time.sleep(5)
            return
        pieces = [self.server.reply[i : i + 7] for i in range(0, len(self.server.reply), 7)]
        for number, piece in enumerate(pieces):
            if manner == "cut" and number > len(pieces) // 2:
                self.wfile.write(b'data: {"id":')
                return
            if manner == "slow":
                time.sleep(0.3)
            chunk = {
                "id": "x",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "m",
                "choices": [{"index": 0, "delta": {"role": "assistant", "content": piece}, "finish_reason": None}],
            }
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()
        self.wfile.write(b"data: [DONE]\n\n")


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A server on a free port of this machine, for the time of a test."""
    server = ModelServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
