from django.apps import AppConfig


class HandoversConfig(AppConfig):
    name = "tiendo.work.handovers"
    label = "handovers"
