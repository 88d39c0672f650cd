from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tiendo.doors.desk"
    label = "desk"
