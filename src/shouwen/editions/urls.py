"""Addresses of the pages about editions of the standard."""

from django.urls import path

from shouwen.editions import views

urlpatterns = [
    path("editions/", views.editions, name="editions"),
    path("editions/drafts/", views.draft_start, name="draft_start"),
    path("editions/<uuid:edition>/", views.edition, name="edition"),
    path("editions/<uuid:edition>/impact/", views.edition_impact, name="edition_impact"),
    path("editions/<uuid:edition>/moves/", views.edition_moves, name="edition_moves"),
    path("editions/<uuid:edition>/whatif/", views.whatif, name="whatif"),
    path("editions/<uuid:edition>/whatif/ask/", views.whatif_ask, name="whatif_ask"),
    path(
        "editions/<uuid:edition>/whatif/<uuid:run>/progress/",
        views.whatif_progress,
        name="whatif_progress",
    ),
    path(
        "editions/<uuid:edition>/whatif/<uuid:run>/cancel/",
        views.whatif_cancel,
        name="whatif_cancel",
    ),
    path(
        "editions/<uuid:edition>/whatif/<uuid:run>/flips/",
        views.whatif_flips,
        name="whatif_flips",
    ),
    path("editions/<uuid:edition>/diff/", views.edition_diff, name="edition_diff"),
    path("editions/<uuid:edition>/pack.zip", views.edition_zip, name="edition_zip"),
    path("editions/<uuid:edition>/upload/", views.edition_upload, name="edition_upload"),
    path("editions/<uuid:edition>/count/", views.edition_recount, name="edition_recount"),
    path("editions/<uuid:edition>/submit/", views.edition_submit, name="edition_submit"),
    path("editions/<uuid:edition>/approve/", views.edition_approve, name="edition_approve"),
    path("editions/<uuid:edition>/refuse/", views.edition_refuse, name="edition_refuse"),
    path("editions/<uuid:edition>/discard/", views.edition_discard, name="edition_discard"),
    path("editions/<uuid:edition>/rules/", views.draft_choose, name="draft_choose"),
    path("editions/<uuid:edition>/rules/<str:rule>/", views.draft_rule, name="draft_rule"),
    path(
        "editions/<uuid:edition>/rules/<str:rule>/drop/",
        views.draft_rule_drop,
        name="draft_rule_drop",
    ),
    path("clauses/<str:clause>/draft/", views.draft_clause, name="draft_clause"),
]
