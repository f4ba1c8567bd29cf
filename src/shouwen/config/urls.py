"""Every route of the installation. A route is closed to strangers unless its view says otherwise."""

from django.urls import include, path

urlpatterns = [
    path("", include("shouwen.home.urls")),
    path("", include("shouwen.hotline.urls")),
    path("", include("shouwen.review.urls")),
    path("", include("shouwen.counter.urls")),
    path("", include("shouwen.dispatch.urls")),
    path("", include("shouwen.visits.urls")),
    path("", include("shouwen.inbox.urls")),
    path("", include("shouwen.knowledge.urls")),
    path("", include("shouwen.fieldwork.urls")),
    path("", include("shouwen.cases.urls")),
    path("", include("shouwen.messages.urls")),
    path("", include("shouwen.people.urls")),
    path("", include("shouwen.customers.urls")),
    path("", include("shouwen.editions.urls")),
    path("", include("shouwen.reports.urls")),
    path("", include("shouwen.clauses.urls")),
    path("ui/", include("shouwen.ui.urls")),
]
