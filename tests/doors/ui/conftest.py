"""The components alone: their own template engine, plain static files, no database, no desk."""

from pathlib import Path

import pytest
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory

import tiendo.doors.ui

UI = Path(tiendo.doors.ui.__file__).parent
PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    settings.STORAGES = PLAIN


@pytest.fixture(scope="session")
def engine():
    return DjangoTemplates(
        {
            "NAME": "components",
            "DIRS": [],
            "APP_DIRS": True,
            "OPTIONS": {
                "builtins": [
                    "django.templatetags.i18n",
                    "django.templatetags.static",
                    "tiendo.doors.ui.templatetags.ui",
                ],
                "context_processors": ["django.template.context_processors.request"],
            },
        }
    )


@pytest.fixture
def render(engine):
    """The HTML of a component by its name ("ui/empty.html"), or of a line of template ("{% standing code %}")."""

    def rendered(source, *, path="/", **context):
        template = engine.from_string(source) if "{" in source else engine.get_template(source)
        return template.render(context, request=RequestFactory().get(path))

    return rendered
