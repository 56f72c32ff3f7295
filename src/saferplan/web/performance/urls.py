"""Pages of performance: indicators, and what is made of them."""

from django.urls import path

from saferplan.web.performance.views import indicators, keeping, returning, targets

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

TARGETS = [
    path("targets/", targets.everything, name="targets"),
    path("targets/targets.<slug:kind>", targets.table, name="targets_table"),
    path("targets/add/", targets.add, name="target_add"),
    path("targets/<int:pk>/", targets.show, name="target"),
    path("targets/<int:pk>/change/", targets.change, name="target_change"),
    path("targets/<int:pk>/verdict/", targets.keep, name="target_verdict"),
    path("targets/<int:pk>/years.<slug:kind>", targets.years, name="target_years"),
]

urlpatterns = [*INDICATORS, *RETURNS, *TARGETS]
