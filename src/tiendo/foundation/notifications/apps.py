from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tiendo.foundation.notifications"
    label = "notifications"
