from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tiendo.foundation.audit"
    label = "audit"
