"""The queues of the exchange that a waiting call can be sent to."""

from collections.abc import Sequence

from shouwen.adapters.telephony.ami import BadAddress
from shouwen.adapters.telephony.simulator import QUEUE
from shouwen.hotline.exchanges.configured import configured


def queues() -> Sequence[str]:
    """Their names; none when the exchange cannot be steered from here, or names none."""
    try:
        found = configured()
    except BadAddress:
        return ()
    if found.kind == "simulator":
        return (QUEUE,)
    return found.account.queues if found.account else ()
