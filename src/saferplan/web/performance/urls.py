"""Pages of performance: indicators, and what is made of them."""

from django.urls import path

from saferplan.web.performance.views import indicators

app_name = "performance"

INDICATORS = [
    path("", indicators.everything, name="all"),
]

urlpatterns = [*INDICATORS]
