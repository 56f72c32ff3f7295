"""Pages of performance: indicators, and what is made of them."""

from django.urls import path

from saferplan.web.performance.views import indicators, keeping, returning

app_name = "performance"

INDICATORS = [
    path("", indicators.everything, name="all"),
    path("indicators.<slug:kind>", indicators.table, name="table"),
    path("make/", keeping.make, name="make"),
    path("<int:pk>/", indicators.show, name="show"),
    path("<int:pk>/figures.<slug:kind>", indicators.figures, name="figures"),
    path("<int:pk>/change/", keeping.change, name="change"),
    path("<int:pk>/draw/", keeping.draw, name="draw"),
]

RETURNS = [
    path("returns/", returning.quarter, name="quarter"),
    path("waiting/", returning.waiting, name="waiting"),
    path("waiting/<int:return_id>/send-back/", returning.send_back, name="send_back"),
]

urlpatterns = [*INDICATORS, *RETURNS]
