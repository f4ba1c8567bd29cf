"""Addresses of the phone app, of pages about visits, and of the question who is at my door."""

from django.urls import path

from shouwen.visits.views import api, desk, door, shell

urlpatterns = [
    path("field/", shell.field, name="field"),
    path("field/sw.js", shell.worker, name="field_worker"),
    path("field/manifest.webmanifest", shell.manifest, name="field_manifest"),
    path("field/api/hello", api.hello, name="field_hello"),
    path("field/api/device", api.register, name="field_device"),
    path("field/api/package", api.package, name="field_package"),
    path("field/api/events", api.events, name="field_events"),
    path("field/api/photos", api.photos, name="field_photos"),
    path("field/api/wiped", api.wiped, name="field_wiped"),
    path("field/conflicts/", desk.conflicts, name="field_conflicts"),
    path("field/conflicts/<uuid:conflict>/", desk.decide, name="field_decide"),
    path("field/gifts/", desk.gifts, name="field_gifts"),
    path("field/gifts/<uuid:report>/", desk.gift_decide, name="field_gift_decide"),
    path("field/phones/", desk.phones, name="field_phones"),
    path("field/phones/<uuid:device>/wipe/", desk.wipe, name="field_wipe"),
    path("verify/", door.verify, name="verify"),
]
