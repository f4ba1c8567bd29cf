"""Everything that can be done about a hazard. Each operation is one transaction, asked for by an act id.

The same act again changes nothing. Instants are aware UTC; `at` is when it happened, `now` when we hear of it.
"""

from shouwen.fieldwork.operations.hazards.finding import (
    NewHazard,
    NoPhoto,
    Read,
    UnknownHazard,
    add_photo,
    find,
    hazards_of,
)
from shouwen.fieldwork.operations.hazards.noticing import (
    NotGiven,
    Proof,
    give_notice,
    make_notice,
    seal_holds,
    seal_paper,
)
from shouwen.fieldwork.operations.hazards.reminding import REMIND, remind
from shouwen.fieldwork.operations.hazards.steps import (
    Doing,
    HazardMoved,
    HazardRefusal,
    close_hazard,
    fixed_on_the_spot,
    give_gas_back,
    make_safe,
    note_rechecked,
    note_rectified,
    note_removed,
    tell,
)
from shouwen.fieldwork.operations.hazards.telling import climb_hazard

__all__ = [
    "REMIND",
    "Doing",
    "HazardMoved",
    "HazardRefusal",
    "NewHazard",
    "NoPhoto",
    "NotGiven",
    "Proof",
    "Read",
    "UnknownHazard",
    "add_photo",
    "climb_hazard",
    "close_hazard",
    "find",
    "fixed_on_the_spot",
    "give_gas_back",
    "give_notice",
    "hazards_of",
    "make_notice",
    "make_safe",
    "note_rechecked",
    "note_rectified",
    "note_removed",
    "remind",
    "seal_holds",
    "seal_paper",
    "tell",
]
