from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "saferplan.web.performance"
    label = "performance"

    def ready(self) -> None:
        # Registers the background work of this app.
        from saferplan.web.performance import jobs  # noqa: F401
