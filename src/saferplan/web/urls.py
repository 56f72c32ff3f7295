"""Every page there is."""

from django.urls import include, path

urlpatterns = [
    path("", include("saferplan.web.home.urls")),
    path("", include("saferplan.web.assessments.urls")),
    path("plans/", include("saferplan.web.plans.urls")),
    path("performance/", include("saferplan.web.performance.urls")),
    path("consultations/", include("saferplan.web.consultations.urls")),
    path("people/", include("saferplan.web.partnerships.urls")),
    path("sign-in/", include("saferplan.web.partnerships.sign_in_urls")),
]

handler400 = "saferplan.web.core.errors.malformed"
handler403 = "saferplan.web.core.errors.refused"
handler404 = "saferplan.web.core.errors.missing"
handler429 = "saferplan.web.core.errors.too_many"  # allauth looks for this one
handler500 = "saferplan.web.core.errors.broken"
