from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "saferplan.web.plans"
    label = "plans"
