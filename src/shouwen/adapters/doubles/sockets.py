"""What doubles that listen on a socket have in common."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LocalServer(socketserver.ThreadingTCPServer):
    """A server on this machine whose port is free again at once."""

    daemon_threads = True
    allow_reuse_address = True


def server_side(certificate: Path | None, key: Path | None) -> ssl.SSLContext:
    """The server's side of STARTTLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(str(certificate), key)
    return context


@contextmanager
def listening(
    server: socketserver.BaseServer, *, released: threading.Event | None = None
) -> Iterator[None]:
    """Serves until the block ends; `released` lets go of those whom the double makes wait."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        if released is not None:
            released.set()
        server.shutdown()
        server.server_close()
        thread.join()
