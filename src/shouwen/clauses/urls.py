"""Addresses of the standard: all clauses, one of them, how far they are carried."""

from django.urls import path

from shouwen.clauses import views

urlpatterns = [
    path("clauses/", views.clauses, name="clauses"),
    path("clauses/<str:clause>/", views.clause, name="clause"),
    path("rulings/<uuid:ruling>/why/", views.ruling_why, name="ruling_why"),
    path("coverage/", views.coverage, name="coverage"),
]
