"""One call: its page, and the recordings on it. Listening is written down before anything is heard."""

import uuid
from collections.abc import Iterator, Sequence

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from shouwen.access.permission import Action, can
from shouwen.adapters import ids, system_clock
from shouwen.adapters.telephony.tracks import SIDES, NoSound, Track
from shouwen.cases.queries import standing
from shouwen.core.byte_range import OutOfRange, byte_range
from shouwen.hotline.models import Call, Recording
from shouwen.hotline.operations import Look, playing
from shouwen.hotline.operations.popping import note_read
from shouwen.hotline.operations.recording import store
from shouwen.hotline.presenters.call_page import CallMaterial, call_page
from shouwen.hotline.presenters.sounds import SoundMaterial
from shouwen.hotline.queries import readable_standard
from shouwen.hotline.queries.whole_calls import call_with, standing_of, whole_call
from shouwen.people.forms import ActForm
from shouwen.people.presenters import shell
from shouwen.people.requests import frame, person, workstation
from shouwen.ui.pages_calls import CallPage
from shouwen.ui.parts import Note

MOST_AT_ONCE = 2**20
"""So many bytes of sound in one answer: whoever listens does not keep a thread of the server waiting."""
_PIECE = 2**16


@never_cache
@require_GET
def call(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """The page of a call."""
    return _page(request, _seen(request, call))


@never_cache
@require_GET
def call_body(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """The page without its frame, fetched again when something happens to the call."""
    page = _read(request, _seen(request, call))
    return render(request, "hotline/call_body.html", {"page": page})


@never_cache
@require_GET
def call_sounds(request: HttpRequest, call: uuid.UUID) -> HttpResponse:
    """The recordings alone, for the page of a case."""
    page = _read(request, _seen(request, call))
    return render(request, "hotline/call_sounds.html", {"page": page, "in_place": True})


@never_cache
@require_POST
def recording_open(request: HttpRequest, call: uuid.UUID, recording: uuid.UUID) -> HttpResponse:
    """Opens a recording: that is written down once, and then it can be heard."""
    found, row = _recording(request, call, recording, Action.PLAY_RECORDING)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _page(request, found, notice=Note(_("页面旧了，请刷新再播放"), "warn"), status=400)
    try:
        opening = playing.open_recording(
            act_id=form.act,
            recording=row,
            by=person(request),
            now=system_clock.now(),
            workstation=workstation(request),
        )
    except playing.Gone:
        return _page(request, found, notice=Note(_("录音不在了"), "warn"), status=410)
    if request.htmx:  # type: ignore[attr-defined]  # set by middleware
        page = _read(request, found, opened=(recording, opening))
        return render(request, "hotline/call_sounds.html", {"page": page, "in_place": True})
    return redirect(f"{reverse('call', args=[call])}?open={opening}&recording={recording}#sound")


@never_cache
@require_safe
def recording_sound(
    request: HttpRequest, call: uuid.UUID, recording: uuid.UUID, opening: uuid.UUID, side: str
) -> HttpResponseBase:
    """The sound of an opened recording, in parts as the player asks for them."""
    _found, row = _recording(request, call, recording, Action.PLAY_RECORDING)
    now, by = system_clock.now(), person(request)
    if side not in SIDES:
        raise Http404
    if not playing.is_open(opening=opening, recording=row, by=by, now=now):
        raise PermissionDenied
    try:
        sound = playing.heard(row, side=side)
        return _part(request, sound)
    except (playing.Gone, NoSound):
        return HttpResponse(status=410)


@never_cache
@require_POST
def recording_download(
    request: HttpRequest, call: uuid.UUID, recording: uuid.UUID
) -> HttpResponseBase:
    """The file to take away; that is written down."""
    found, row = _recording(request, call, recording, Action.DOWNLOAD_RECORDING)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _page(request, found, notice=Note(_("页面旧了，请刷新再下载"), "warn"), status=400)
    try:
        sound = playing.take_file(
            act_id=form.act,
            recording=row,
            by=person(request),
            now=system_clock.now(),
            workstation=workstation(request),
        )
    except playing.Gone:
        return _page(request, found, notice=Note(_("录音不在了"), "warn"), status=410)
    answer = StreamingHttpResponse(_pieces(sound), content_type="audio/wav")
    answer["Content-Length"] = str(sound.size)
    answer["Content-Disposition"] = f'attachment; filename="{row.pk}.wav"'
    return answer


def _part(request: HttpRequest, sound: Track) -> HttpResponseBase:
    try:
        asked = byte_range(request.headers.get("Range", ""), size=sound.size)
    except OutOfRange:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{sound.size}"})
    answer: HttpResponseBase
    if asked is None:
        answer = StreamingHttpResponse(_pieces(sound), content_type="audio/wav")
        answer["Content-Length"] = str(sound.size)
    else:
        start, end = asked[0], min(asked[1], asked[0] + MOST_AT_ONCE)
        answer = HttpResponse(sound.read(start, end), status=206, content_type="audio/wav")
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{sound.size}"
    answer["Accept-Ranges"] = "bytes"
    return answer


def _pieces(sound: Track) -> Iterator[bytes]:
    for start in range(0, sound.size, _PIECE):
        yield sound.read(start, min(start + _PIECE, sound.size))


def _seen(request: HttpRequest, pk: uuid.UUID) -> Call:
    """The call, when this person may see it: by how they stand to it, or to the case it became."""
    found = call_with(pk=pk)
    if found is None:
        if not can(person(request), Action.LIST_CASES):
            raise PermissionDenied
        raise Http404(_("没有这通电话"))
    may = can(person(request), Action.VIEW_CALL, standing_of(found))
    if not may and not _sees_case(request, found):
        raise PermissionDenied
    return found


def _sees_case(request: HttpRequest, found: Call) -> bool:
    return found.case is not None and can(person(request), Action.VIEW_CASE, standing(found.case))


def _recording(
    request: HttpRequest, call: uuid.UUID, recording: uuid.UUID, action: Action
) -> tuple[Call, Recording]:
    found = _seen(request, call)
    if not can(person(request), action, standing_of(found)):
        raise PermissionDenied
    return found, get_object_or_404(Recording, pk=recording, call=call)


def _page(
    request: HttpRequest, found: Call, *, notice: Note | None = None, status: int = 200
) -> HttpResponse:
    page = _read(request, found, notice=notice)
    outer = shell(
        frame(request, now=system_clock.now()), title=_("通话"), context=page.title, watermark=True
    )
    return render(request, "hotline/call.html", {"shell": outer, "page": page}, status=status)


def _read(
    request: HttpRequest,
    found: Call,
    *,
    notice: Note | None = None,
    opened: tuple[uuid.UUID, uuid.UUID] | None = None,
) -> CallPage:
    now, viewer = system_clock.now(), person(request)
    whole = whole_call(call=found)
    if found.turns and can(viewer, Action.PLAY_RECORDING, whole.standing):
        act = uuid.uuid5(found.pk, f"transcript:{viewer.staff_no}")
        if not any(event.id == str(act) for event in whole.events):
            look = Look(found.pk, viewer, now, workstation(request))
            note_read(look=look, field="transcript", id=act)
    material = CallMaterial(
        whole=whole,
        viewer=viewer,
        pack=readable_standard(),
        sounds=_sounds(request, found, whole.recordings, opened=opened),
        sees_case=_sees_case(request, found),
        now=now,
        notice=notice,
    )
    return call_page(material)


def _sounds(
    request: HttpRequest,
    found: Call,
    recordings: Sequence[Recording],
    *,
    opened: tuple[uuid.UUID, uuid.UUID] | None,
) -> SoundMaterial:
    viewer, how = person(request), standing_of(found)
    there = [row for row in recordings if row.removed_at is None]
    side = request.GET.get("side", "both")
    asked = (_uuid(request.GET.get("recording", "")), _uuid(request.GET.get("open", "")))
    recording, opening = opened or asked
    return SoundMaterial(
        may_play=can(viewer, Action.PLAY_RECORDING, how),
        may_download=can(viewer, Action.DOWNLOAD_RECORDING, how),
        act_id=ids.uuid7(system_clock.now()),
        missing=frozenset(row.pk for row in there if store().size(row.path) is None),
        opened=recording,
        opening=opening,
        side=side if side in SIDES else "both",
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
