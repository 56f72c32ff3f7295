from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "saferplan.web.core"

    def ready(self) -> None:
        # So that each app's background work is known wherever it may run.
        autodiscover_modules("jobs")
