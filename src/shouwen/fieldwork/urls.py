"""Addresses of hazards."""

from django.urls import path

from shouwen.fieldwork.views import hazards

urlpatterns = [
    path("hazards/", hazards.hazard_list_page, name="hazards"),
    path("hazards/rows/", hazards.hazard_rows, name="hazard_rows"),
    path("hazards/new/", hazards.find_hazard, name="find_hazard"),
    path("hazards/<str:number>/", hazards.hazard, name="hazard"),
    path("hazards/<str:number>/body/", hazards.hazard_body, name="hazard_body"),
    path("hazards/<str:number>/acts/<slug:what>/", hazards.act_on_hazard, name="act_on_hazard"),
    path("hazards/<str:number>/photos/<uuid:photo>/", hazards.hazard_photo, name="hazard_photo"),
    path("hazards/<str:number>/papers/<uuid:paper>/", hazards.hazard_paper, name="hazard_paper"),
    path(
        "hazards/<str:number>/notices/<uuid:notice>/<slug:what>/",
        hazards.act_on_notice,
        name="act_on_notice",
    ),
]
