"""The web server process."""

import socket
from types import FrameType

import uvicorn


def is_free(*, host: str, port: int) -> bool:
    """Whether nobody listens on host and port yet."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(*, host: str, port: int) -> None:
    """Answer requests on host and port until SIGTERM or SIGINT; open streams are ended at once."""
    from shouwen.config.asgi import application, hub

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            # The server waits for open responses before it ends, and a stream never ends by itself.
            hub.stop()
            super().handle_exit(sig, frame)

    Server(
        uvicorn.Config(
            application,
            host=host,
            port=port,
            lifespan="on",
            ws="none",
            timeout_graceful_shutdown=1,
            timeout_keep_alive=30,
            log_level="warning",
            access_log=False,
            server_header=False,
        )
    ).run()
