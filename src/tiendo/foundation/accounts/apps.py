from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "tiendo.foundation.accounts"
    label = "accounts"
