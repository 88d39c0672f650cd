"""Links that keep what the page was asked: filters, order and page live in the URL."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict


def query_string(asked: QueryDict, **changes: Any) -> str:
    """`?…` with changes to what was asked; None or "" takes a name out, a list sets several values.

    A change of anything but the page goes back to the first page. Names come sorted, so that one list has one address.
    """
    left = dict(asked.lists())
    if "page" not in changes:
        left.pop("page", None)
    for name, value in changes.items():
        values = value if isinstance(value, list | tuple) else [value]
        left[name] = [str(one) for one in values if one is not None and one != ""]
    return "?" + urlencode(sorted((name, values) for name, values in left.items() if values), doseq=True)
