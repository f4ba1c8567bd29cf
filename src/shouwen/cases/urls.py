"""Addresses of the cases: their list, their pages, and what can be done there."""

from django.urls import path

from shouwen.cases import views

urlpatterns = [
    path("customers/<uuid:customer>/cases/", views.cases_of_customer, name="cases_of_customer"),
    path("cases/", views.cases, name="cases"),
    path("cases/rows/", views.cases_rows, name="cases_rows"),
    path("cases/late/", views.enter_late, name="enter_late"),
    path("cases/shift/", views.hand_over_shift, name="hand_over_shift"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/body/", views.case_body, name="case_body"),
    path("cases/<str:number>/phone/", views.reveal_phone, name="reveal_phone"),
    path("cases/<str:number>/acts/<slug:what>/", views.act_on_case, name="act_on_case"),
    path("cases/<str:number>/reclassify/", views.reclassify, name="reclassify"),
    path("cases/<str:number>/print/", views.print_order, name="print_order"),
    path("cases/<str:number>/files/<uuid:file>/", views.attachment, name="attachment"),
    path("handovers/<uuid:handover>/accept/", views.accept, name="accept_handover"),
    path("handovers/<uuid:handover>/refuse/", views.refuse, name="refuse_handover"),
    path("handovers/<uuid:handover>/withdraw/", views.withdraw, name="withdraw_handover"),
    path("shifts/<uuid:shift>/", views.shift_offer, name="shift_offer"),
    path("shifts/<uuid:shift>/accept/", views.accept_shift, name="accept_shift"),
    path("promises/<uuid:promise>/keep/", views.keep, name="keep_promise"),
    path("voids/<uuid:wish>/approve/", views.approve_void, name="approve_void"),
    path("voids/<uuid:wish>/refuse/", views.refuse_void, name="refuse_void"),
    path("answers/<uuid:wish>/approve/", views.approve_answer, name="approve_answer"),
    path("answers/<uuid:wish>/refuse/", views.refuse_answer, name="refuse_answer"),
    path("incidents/", views.incident_list, name="incidents"),
    path("incidents/<str:number>/", views.incident, name="incident"),
    path("incidents/<str:number>/body/", views.incident_body, name="incident_body"),
    path("incidents/<str:number>/until/", views.incident_until, name="incident_until"),
    path("incidents/<str:number>/end/", views.incident_end, name="incident_end"),
    path("merges/<uuid:merge>/undo/", views.undo_merge, name="undo_merge"),
    path("links/<uuid:link>/remove/", views.unlink, name="unlink"),
    path("escalations/<uuid:telling>/seen/", views.escalation_seen, name="escalation_seen"),
]
