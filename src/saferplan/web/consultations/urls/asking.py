"""Setting a consultation up, and what everybody sees of it."""

from django.urls import path

from saferplan.web.consultations.views import asking

urlpatterns = [
    path("", asking.everything, name="all"),
    path("<int:pk>/", asking.show, name="show"),
]
