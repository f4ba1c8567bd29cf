"""Addresses of the messages."""

from django.urls import path

from shouwen.messages import views

urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/rows/", views.message_rows, name="message_rows"),
    path("messages/<uuid:message>/retry/", views.retry_message, name="retry_message"),
    path("hooks/sms-receipts", views.sms_receipts, name="sms_receipts"),
]
