from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    name = "saferplan.web.performance"
    label = "performance"
