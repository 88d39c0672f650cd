from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "tiendo.work.directives"
    label = "directives"
