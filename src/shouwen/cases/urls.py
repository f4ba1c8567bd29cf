"""Addresses of the case page and of what can be done there."""

from django.urls import path

from shouwen.cases import views

urlpatterns = [
    path("customers/<uuid:customer>/cases/", views.cases_of_customer, name="cases_of_customer"),
    path("cases/<str:number>/", views.case, name="case"),
    path("cases/<str:number>/body/", views.case_body, name="case_body"),
    path("cases/<str:number>/phone/", views.reveal_phone, name="reveal_phone"),
    path("cases/<str:number>/acts/<slug:what>/", views.act_on_case, name="act_on_case"),
    path("handovers/<uuid:handover>/accept/", views.accept, name="accept_handover"),
    path("handovers/<uuid:handover>/refuse/", views.refuse, name="refuse_handover"),
    path("handovers/<uuid:handover>/withdraw/", views.withdraw, name="withdraw_handover"),
    path("promises/<uuid:promise>/keep/", views.keep, name="keep_promise"),
]
