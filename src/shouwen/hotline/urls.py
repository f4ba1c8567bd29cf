"""Addresses of the hotline: a call, what is shown beside it, and the hook for exchanges."""

from django.urls import path

from shouwen.hotline import views
from shouwen.hotline.views import board, callbacks, calls, cockpit, duty, hooks, steering

urlpatterns = [
    path("cockpit/", cockpit.cockpit, name="cockpit"),
    path("cockpit/body/", cockpit.cockpit_body, name="cockpit_body"),
    path("cockpit/status/", duty.cockpit_status, name="cockpit_status"),
    path("cockpit/dial/", duty.cockpit_dial, name="cockpit_dial"),
    path("cockpit/next/", duty.cockpit_next, name="cockpit_next"),
    path("cockpit/outcome/<uuid:promise>/", duty.cockpit_outcome, name="cockpit_outcome"),
    path("cockpit/accept/<uuid:handover>/", duty.cockpit_accept, name="cockpit_accept"),
    path("cockpit/calls/<uuid:call>/clocks/", steering.cockpit_preview, name="cockpit_preview"),
    path("cockpit/calls/<uuid:call>/came/", duty.supervisor_came, name="supervisor_came"),
    path("cockpit/calls/<uuid:call>/assist/", cockpit.cockpit_assist, name="cockpit_assist"),
    path("cockpit/calls/<uuid:call>/<slug:what>/", steering.cockpit_act, name="cockpit_act"),
    path("board/", board.board, name="board"),
    path("board/body/", board.board_body, name="board_body"),
    path("board/calls/<uuid:call>/move/", board.board_move, name="board_move"),
    path("board/agents/<slug:staff_no>/status/", board.board_status, name="board_status"),
    path("callbacks/", callbacks.callbacks, name="callbacks"),
    path("callbacks/rows/", callbacks.callbacks_rows, name="callbacks_rows"),
    path("callbacks/<uuid:promise>/dial/", callbacks.callback_dial, name="callback_dial"),
    path("callbacks/<uuid:promise>/outcome/", callbacks.callback_outcome, name="callback_outcome"),
    path("callbacks/<uuid:promise>/give/", callbacks.callback_give, name="callback_give"),
    path(
        "callbacks/<uuid:promise>/reassign/", callbacks.callback_reassign, name="callback_reassign"
    ),
    path("shift-check/", duty.shift_check, name="shift_check"),
    path("hooks/calls", hooks.calls_hook, name="calls_hook"),
    path("calls/<uuid:call>/", calls.call, name="call"),
    path("calls/<uuid:call>/sounds/", calls.call_sounds, name="call_sounds"),
    path("calls/<uuid:call>/body/", calls.call_body, name="call_body"),
    path(
        "calls/<uuid:call>/recordings/<uuid:recording>/open/",
        calls.recording_open,
        name="recording_open",
    ),
    path(
        "calls/<uuid:call>/recordings/<uuid:recording>/download/",
        calls.recording_download,
        name="recording_download",
    ),
    path(
        "calls/<uuid:call>/recordings/<uuid:recording>/<uuid:opening>/<slug:side>.wav",
        calls.recording_sound,
        name="recording_sound",
    ),
    path("calls/<uuid:call>/pop/", views.call_pop, name="call_pop"),
    path("calls/<uuid:call>/home/", views.call_choose_home, name="call_choose_home"),
    path("calls/<uuid:call>/phone/", views.call_phone, name="call_phone"),
    path("calls/<uuid:call>/billing/", views.call_billing, name="call_billing"),
    path(
        "calls/<uuid:call>/articles/<slug:article>/send/",
        views.call_send_article,
        name="call_send_article",
    ),
]
