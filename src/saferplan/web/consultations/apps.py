from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "saferplan.web.consultations"
    label = "consultations"
