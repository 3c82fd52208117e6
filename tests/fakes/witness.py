"""A small, correct witness (c2sp.org/tlog-witness): a real HTTP server on this machine."""

import base64
import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sayso.errors import Tampered
from sayso.evidence import checkpoint, merkle, note
from sayso.evidence.checkpoint import Checkpoint

DASH = "\N{EM DASH}"


class Cosigner:
    """A witness's key. What it signs carries the time (c2sp.org/tlog-cosignature, type 0x04)."""

    def __init__(self, name: str = "witness.example.org", seed: bytes = bytes([7] * 32)) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        key = note.COSIGNATURE + self._private.public_key().public_bytes_raw()
        self._id = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
        self.name = name
        self.vkey = f"{name}+{self._id.hex()}+{base64.b64encode(key).decode()}"

    def line(self, body: str, time: int) -> str:
        said = f"cosignature/v1\ntime {time}\n{body}"
        raw = self._id + time.to_bytes(8) + self._private.sign(said.encode())
        return f"{DASH} {self.name} {base64.b64encode(raw).decode()}\n"


@dataclass
class Watching:
    """What a witness remembers of one log, and what it answers."""

    cosigner: Cosigner
    vkey: str
    """The log's."""
    clock: Callable[[], int]
    seen: Checkpoint | None = None
    asked: list[str] = field(default_factory=list)

    def add_checkpoint(self, text: str) -> tuple[int, str]:
        """Answer a submission with an HTTP status and a body."""
        self.asked.append(text)
        try:
            grown = checkpoint.parse_growth(text)
            body = note.open_note(grown.checkpoint, [note.Verifier(self.vkey)])
            head = checkpoint.parse(body)
        except Tampered as error:
            return (403 if "signed by" in error.message else 400), error.message
        known = self.seen.size if self.seen else 0
        if grown.old > head.size:
            return 400, "the old size is larger than the new"
        if grown.old != known:
            return 409, f"{known}\n"
        if self.seen is not None and head.size == known and head.root != self.seen.root:
            return 409, f"{known}\n"
        if not self._grew(head, grown.path):
            return 422, "the proof of growth does not hold"
        self.seen = head
        return 200, self.cosigner.line(body, self.clock())

    def _grew(self, head: Checkpoint, path: tuple[bytes, ...]) -> bool:
        old = self.seen or Checkpoint(origin=head.origin, size=0, root=merkle.EMPTY_ROOT.hex())
        return merkle.verify_consistency(
            old=old.size,
            new=head.size,
            proof=path,
            old_root=bytes.fromhex(old.root),
            new_root=bytes.fromhex(head.root),
        )


@contextmanager
def serving(answer: Callable[[str], tuple[int, str]]) -> Iterator[str]:
    """Run a witness that answers submissions; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["content-length"])).decode()
            status, body = answer(text) if self.path == "/add-checkpoint" else (404, "")
            self.send_response(status)
            if status == 409:
                self.send_header("content-type", "text/x.tlog.size")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
