"""Addresses of the knowledge base."""

from django.urls import path

from shouwen.knowledge import views

urlpatterns = [
    path("knowledge/find/", views.knowledge_find, name="knowledge_find"),
    path("knowledge/unanswered/", views.knowledge_unanswered, name="knowledge_unanswered"),
    path("knowledge/<slug:article>/", views.knowledge_article, name="knowledge_article"),
]
