"""How the letters that nobody has taken are told on the rail."""

from django.utils.translation import gettext as _


def untaken_text(count: int) -> str:
    """3 封来信没人领."""
    return _("%(count)s 封来信没人领") % {"count": count}
