"""What the cockpit reads while a call is spoken: advice as it is heard."""

from dataclasses import dataclass

from shouwen.ui.pages import SaidPart
from shouwen.ui.parts import ClauseMark


@dataclass(frozen=True, slots=True)
class AssistTip:
    """One thing that helps now: why (`lead`), what to say (Song) or the plain word, the clause.

    id  stays the same while it is the same tip; put away, it is not shown again
    """

    id: str
    look: str
    icon: str
    lead: str
    says: tuple[SaidPart, ...]
    mark: ClauseMark | None

    @property
    def spoken(self) -> str:
        """What a live region says."""
        return self.lead + "".join(part.text for part in self.says)


@dataclass(frozen=True, slots=True)
class Assist:
    """Advice on the call as it is heard; `url` gives it again with the turns. `next`: the step that was not heard yet."""

    url: str
    tips: tuple[AssistTip, ...] = ()
    next: str = ""
    next_mark: ClauseMark | None = None
    heard: str = ""
