"""Addresses of the registers of customers and premises."""

from django.urls import path

from shouwen.customers import views

urlpatterns = [
    path("customers/", views.customers, name="customers"),
    path("customers/new/", views.register_customer, name="register_customer"),
    path("customers/care/", views.care_register, name="care_register"),
    path("customers/estates/", views.estates, name="estates"),
    path("customers/estates/<int:estate>/aliases/", views.set_aliases, name="set_aliases"),
    path("customers/<uuid:customer>/", views.customer, name="customer"),
    path(
        "customers/<uuid:customer>/acts/<slug:what>/",
        views.act_on_customer,
        name="act_on_customer",
    ),
    path(
        "customers/<uuid:customer>/phones/<int:phone>/",
        views.customer_phone,
        name="customer_phone",
    ),
    path("stays/<int:stay>/end/", views.move_out, name="move_out"),
    path("care/<uuid:entry>/acts/<slug:what>/", views.act_on_care, name="act_on_care"),
    path("customers/merges/<uuid:merge>/undo/", views.unmerge, name="unmerge"),
    path("premises/new/", views.register_premises, name="register_premises"),
    path("premises/<uuid:premises>/", views.premises, name="premises"),
    path(
        "premises/<uuid:premises>/acts/<slug:what>/", views.act_on_premises, name="act_on_premises"
    ),
    path("meters/<uuid:meter>/remove/", views.remove_meter, name="remove_meter"),
    path("appliances/<uuid:appliance>/remove/", views.remove_appliance, name="remove_appliance"),
]
