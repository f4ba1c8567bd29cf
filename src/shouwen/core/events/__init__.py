"""The one list of things that can happen.

Rules name these, operations record them; nothing else exists.
"""

from collections.abc import Mapping
from types import MappingProxyType

from shouwen.core.events.calls import CALLS_EVENTS
from shouwen.core.events.cases import CASES_EVENTS
from shouwen.core.events.conduct import CONDUCT_EVENTS
from shouwen.core.events.counter import COUNTER_EVENTS
from shouwen.core.events.custody import CUSTODY_EVENTS
from shouwen.core.events.event import Event, EventKind, Scalar, Subject
from shouwen.core.events.field import FIELD_EVENTS
from shouwen.core.events.hazards import HAZARDS_EVENTS
from shouwen.core.events.knowledge import KNOWLEDGE_EVENTS
from shouwen.core.events.learning import LEARNING_EVENTS
from shouwen.core.events.letters import LETTERS_EVENTS
from shouwen.core.events.messages import MESSAGES_EVENTS
from shouwen.core.events.people import PEOPLE_EVENTS
from shouwen.core.events.promises import PROMISES_EVENTS
from shouwen.core.events.registers import REGISTERS_EVENTS
from shouwen.core.events.reviews import REVIEWS_EVENTS
from shouwen.core.events.supply import SUPPLY_EVENTS
from shouwen.core.events.system import SYSTEM_EVENTS
from shouwen.core.events.visits import VISITS_EVENTS
from shouwen.core.events.words import WORDS_EVENTS

__all__ = ["EVENTS", "Event", "EventKind", "Scalar", "Subject"]

_ALL = (
    *CASES_EVENTS,
    *CALLS_EVENTS,
    *REGISTERS_EVENTS,
    *PROMISES_EVENTS,
    *FIELD_EVENTS,
    *HAZARDS_EVENTS,
    *SUPPLY_EVENTS,
    *LEARNING_EVENTS,
    *KNOWLEDGE_EVENTS,
    *VISITS_EVENTS,
    *WORDS_EVENTS,
    *COUNTER_EVENTS,
    *LETTERS_EVENTS,
    *PEOPLE_EVENTS,
    *MESSAGES_EVENTS,
    *CONDUCT_EVENTS,
    *CUSTODY_EVENTS,
    *REVIEWS_EVENTS,
    *SYSTEM_EVENTS,
)

EVENTS: Mapping[str, EventKind] = MappingProxyType({kind.name: kind for kind in _ALL})
