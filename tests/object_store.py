"""A server that speaks S3, on this machine, as long as a test needs it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upath import UPath

from ports import free_port
from sayso.datasets.places import place


@contextmanager
def s3(folder: Path, bucket: str) -> Iterator[str]:
    """Serve an empty bucket and yield its address; what the server says goes into `folder`."""
    port = free_port()
    before = dict(os.environ)
    os.environ |= {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with (folder / "log").open("wb") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            _wait_for(port)
            UPath("s3://").fs.clear_instance_cache()  # of a server that is gone
            place(f"s3://{bucket}").mkdir()
            yield f"s3://{bucket}"
        finally:
            server.terminate()
            server.wait()
            os.environ.clear()
            os.environ.update(before)


def _wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
