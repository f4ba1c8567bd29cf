"""The app shell: a page without data, its service worker, its manifest. They hold nothing about anybody."""

import hashlib
import json

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shouwen.access.permission import Action, can
from shouwen.people.requests import person
from shouwen.visits.presenters.phone_words import phone_words

SCRIPTS = ("app", "crypt", "draw", "frame", "sync", "today", "visit", "steps", "timers", "papers")
FILES = (
    *(f"shouwen/field/{name}.js" for name in SCRIPTS),
    "shouwen/field/field.css",
    "shouwen/sprite.svg",
    "vendor/idb/index.js",
    "shouwen/seal.svg",
)


@never_cache
@require_GET
def field(request: HttpRequest) -> HttpResponse:
    """The app. What it shows comes from the phone itself."""
    if not can(person(request), Action.WORK_OUTSIDE):
        raise PermissionDenied
    context = {"words": phone_words(), "icons": static("shouwen/sprite.svg")}
    return render(request, "visits/shell.html", context)


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker with the list of what it keeps: it changes when a file of the shell does."""
    kept = [reverse("field"), reverse("field_manifest"), *(static(name) for name in FILES)]
    version = hashlib.sha256(json.dumps([*kept, phone_words()]).encode()).hexdigest()[:12]
    context = {"kept": json.dumps(kept), "version": version}
    answer = render(request, "visits/sw.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer


@login_not_required
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to put the app among its apps."""
    icon = {"src": static("shouwen/seal.svg"), "sizes": "any", "type": "image/svg+xml"}
    answer = JsonResponse(
        {
            "name": _("首问 · 上门"),
            "short_name": _("上门"),
            "start_url": reverse("field"),
            "scope": reverse("field"),
            "display": "standalone",
            "background_color": "#f5f3ee",
            "theme_color": "#0b6175",
            "icons": [icon],
        }
    )
    answer["Content-Type"] = "application/manifest+json"
    return answer
