from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from saferplan.web.core.left_empty import say_what_to_do


class CoreConfig(AppConfig):
    name = "saferplan.web.core"

    def ready(self) -> None:
        # Forms are made after this, and each takes the words as it is made.
        say_what_to_do()
        # So that each app's background work is known wherever it may run.
        autodiscover_modules("jobs")
