"""A connection to another machine's web address; redirects are never followed."""

import http.client
import ssl
from pathlib import Path
from urllib.parse import urlsplit


def connection_to(
    url: str, *, timeout: float, certificates: Path | None
) -> http.client.HTTPConnection:
    """A connection, not yet opened, to the host of `url`; `timeout` in seconds for each wait.

    `certificates`: a file of authorities to trust in the place of the system's.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=timeout)
    context = ssl.create_default_context(cafile=certificates)
    return http.client.HTTPSConnection(host, parts.port, timeout=timeout, context=context)
