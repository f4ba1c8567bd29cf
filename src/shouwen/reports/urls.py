"""Addresses of the figures."""

from django.urls import path

from shouwen.reports import views

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/<slug:rule>/", views.rule_figures, name="figure"),
]
