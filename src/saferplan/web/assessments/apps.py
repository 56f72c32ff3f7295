from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "saferplan.web.assessments"
    label = "assessments"

    def ready(self) -> None:
        # Registers the background work of this app.
        from saferplan.web.assessments import jobs  # noqa: F401
