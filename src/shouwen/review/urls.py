"""Addresses of the review desk."""

from django.urls import path

from shouwen.review.views import desk, reviews

urlpatterns = [
    path("review/", desk.review_desk, name="review_desk"),
    path("review/draw/", desk.review_draw, name="review_draw"),
    path("review/mine/", desk.reviews_mine, name="reviews_mine"),
    path("review/results/", desk.review_results, name="review_results"),
    path("review/coaching/<uuid:coaching>/done/", desk.coaching_done, name="coaching_done"),
    path("review/<uuid:review>/", reviews.review, name="review"),
    path("review/<uuid:review>/<slug:what>/", reviews.review_act, name="review_act"),
]
