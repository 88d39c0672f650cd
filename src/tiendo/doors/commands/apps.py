from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "tiendo.doors.commands"
    label = "commands"
