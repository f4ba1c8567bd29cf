"""Whose figures a person may look at: one answer for lists, details and what stands behind them."""

from dataclasses import dataclass, replace

from shouwen.access.permission import Action, Actor, can


@dataclass(frozen=True, slots=True)
class FiguresScope:
    """Whose figures: of a department (its code), of a person (the staff number); empty for all.

    `behind`: whether the people and cases behind them may be seen.
    """

    department: str = ""
    staff_no: str = ""
    behind: bool = True

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not (self.department or self.staff_no)

    @property
    def names_people(self) -> bool:
        """Whether more than one person's figures are in it."""
        return self.behind and not self.staff_no

    def narrowed(self, *, department: str = "", staff_no: str = "") -> "FiguresScope | None":
        """The part that is asked for; None when it reaches beyond what may be seen."""
        if staff_no and not self.behind:
            return None
        for own, asked in ((self.department, department), (self.staff_no, staff_no)):
            if own and asked and own != asked:
                return None
        return replace(
            self,
            department=self.department or department,
            staff_no=self.staff_no or staff_no,
        )


def figures_scope(actor: Actor) -> FiguresScope | None:
    """What a person may see: all, their department, or their own; None for no figures at all."""
    if can(actor, Action.VIEW_ALL_FIGURES):
        return FiguresScope(behind=can(actor, Action.VIEW_BEHIND_FIGURES))
    if not can(actor, Action.VIEW_FIGURES):
        return None
    if can(actor, Action.VIEW_TEAM_FIGURES) and actor.department_code:
        return FiguresScope(department=actor.department_code)
    return FiguresScope(staff_no=actor.staff_no)
