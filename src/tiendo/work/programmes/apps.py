from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "tiendo.work.programmes"
    label = "programmes"
