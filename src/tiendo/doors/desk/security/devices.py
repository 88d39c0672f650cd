"""What a browser calls itself, in words a person knows."""

from __future__ import annotations

from django.utils.translation import gettext

BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
"""In the order in which they are looked for: Edge calls itself Chrome too, Android Linux."""


def device(agent: str) -> str:
    """`Chrome, Windows`; what is not known is said to be so.

    >>> device("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0")
    'Edge, Windows'
    """
    found = [next((name for sign, name in known if sign in agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or gettext("Thiết bị không rõ")
