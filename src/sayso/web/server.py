"""The site as a process: its socket, its log lines, and the worker beside it."""

import socket

import uvicorn

from sayso.errors import BadInput
from sayso.jobs.worker import background_worker
from sayso.web.app import make_app
from sayso.wiring import Network


def require_free(host: str, port: int) -> None:
    """Make sure nobody listens there.

    Raises:
        BadInput: somebody does, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(
                f"Port {port} on {host} cannot be used: {error.strerror}.",
                hint=f"Choose another, for example --port {port + 1}.",
            ) from error


def serve_site(network: Network, *, host: str, port: int) -> None:
    """Serve until stopped; pending withdrawals are forgotten by a worker of the same process.

    Raises:
        BadInput: the port is taken.
    """
    require_free(host, port)
    app = make_app(network)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    print(f"The site is at http://{host}:{port} (Ctrl-C stops it).", flush=True)  # noqa: T201
    with background_worker(network):
        uvicorn.Server(config).run()
    app.state.site.scribe.close()  # whoever still waits for a choice gets an answer first
