"""Why something cannot be done to an edition. Each is raised by the operation that refuses."""


class NotOpen(ValueError):
    """The edition cannot be changed any more: it waits for approval, or was decided."""


class ChangedMeanwhile(ValueError):
    """Somebody saved the draft after it was opened here."""


class HasFaults(ValueError):
    """A draft with faults cannot be submitted; they stand in the row."""


class NothingChanged(ValueError):
    """The draft says what its base says."""


class OwnEdition(PermissionError):
    """Nobody approves an edition that they had a hand in."""


class AlreadyDecided(ValueError):
    """It was published, sent back or discarded before."""


class BaseMoved(ValueError):
    """Another edition was published since the draft was begun."""


class TooLate(ValueError):
    """A version begins before today: what was promised on those days is judged already. `args`: the days."""


class FilesTampered(ValueError):
    """The files are not those that were saved. `args`: their names."""


class NoSuchRule(LookupError):
    """The edition has no rule of this id."""
