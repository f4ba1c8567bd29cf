"""Routes of the dispatcher."""

from django.urls import path

from shouwen.dispatch.views import board, booking, customer, orders, ringing

urlpatterns = [
    path("dispatch/", board.board_view, name="dispatch"),
    path("dispatch/changed/", board.changed, name="dispatch_changed"),
    path("dispatch/aside/", board.aside, name="dispatch_aside"),
    path("dispatch/ringing/", ringing.ringing, name="dispatch_ringing"),
    path("dispatch/accept/<uuid:order>/", ringing.accept_view, name="dispatch_accept"),
    path("dispatch/week/", board.week_view, name="dispatch_week"),
    path("dispatch/suggest/<uuid:order>/", board.suggest, name="dispatch_suggest"),
    path("dispatch/assign/<uuid:order>/", board.assign_view, name="dispatch_assign"),
    path("visit/<str:token>/", customer.customer_visit, name="customer_visit"),
    path("dispatch/of/<slug:case>/", orders.of_case, name="dispatch_of_case"),
    path("dispatch/orders/<slug:number>/", orders.order_view, name="dispatch_order"),
    path(
        "dispatch/orders/<slug:number>/time/<slug:act>/", booking.book_view, name="dispatch_book"
    ),
    path("dispatch/orders/<slug:number>/<slug:act>/", orders.act_view, name="dispatch_act"),
]
