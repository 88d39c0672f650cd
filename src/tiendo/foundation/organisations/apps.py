from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "tiendo.foundation.organisations"
    label = "organisations"
