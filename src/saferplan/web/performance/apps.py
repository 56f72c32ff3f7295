from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "saferplan.web.performance"
    label = "performance"

    def ready(self) -> None:
        # Registers the background work of this app.
        from saferplan.web.performance import jobs  # noqa: F401
        from saferplan.web.performance.one_page import tell_measures
        from saferplan.web.performance.packing import add_indicators
        from saferplan.web.performance.relating import tell_of
        from saferplan.web.plans.measured import TELLING
        from saferplan.web.plans.packing import ADDITIONS
        from saferplan.web.plans.shown import RELATING

        ADDITIONS.append(add_indicators)
        TELLING.append(tell_measures)
        RELATING.append(tell_of)
