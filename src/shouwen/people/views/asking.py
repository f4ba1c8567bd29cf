"""What every view about people does first: may this person, and under which act."""

import uuid

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from shouwen.access.permission import Action, can
from shouwen.people.operations import Act
from shouwen.people.requests import person, workstation


def allow(request: HttpRequest, action: Action) -> None:
    """Raises PermissionDenied unless the person may."""
    if not can(person(request), action):
        raise PermissionDenied


def act_of(request: HttpRequest, act_id: uuid.UUID) -> Act:
    """The act as the journal will tell it."""
    return Act(id=act_id, by=person(request).staff_no, workstation=workstation(request))


def first_errors(form: forms.Form) -> dict[str, str]:
    """One sentence for each field that is wrong; the form's own under the empty name."""
    return {
        "" if name == "__all__" else name: str(errors[0]) for name, errors in form.errors.items()
    }
