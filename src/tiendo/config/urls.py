"""One door so far: the desk."""

from django.urls import include, path

urlpatterns = [path("", include("tiendo.doors.desk.urls"))]
