"""What doubles that listen on a socket have in common."""

import socketserver
import ssl
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
