"""Two values that the browser's scripts need and a template cannot word by itself."""

from __future__ import annotations

import json

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def countdown_words() -> str:
    """The patterns of times left and of days, as JSON, for the script that keeps chips going."""
    return json.dumps(
        {"left": _("剩 %(time)s"), "days": _("%(days)d 天 %(hours)d 时")}, ensure_ascii=False
    )


@register.simple_tag
def htmx_settings() -> str:
    """htmx must inject no style (the content security policy forbids it) and keep no history copies
    of pages with personal data."""
    return json.dumps({"includeIndicatorCSS": False, "history": "reload"})
