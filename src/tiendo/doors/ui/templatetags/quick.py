"""Django's `translate` and `url`, loaded as builtins (settings.TEMPLATES) in their place: they write the same, and
remember what they wrote. A list of fifty rows asks for the same five words and two addresses fifty times, and that was
a third of what it took to write it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import get_script_prefix, reverse
from django.utils.html import escape
from django.utils.translation import get_language

register = template.Library()
SOME = 987_654_321
"""A number that stands in no address by itself."""


class _Words(Node):
    """Words that depend on nothing but the language."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.said: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        key = (get_language(), context.autoescape)
        if key not in self.said:
            self.said[key] = self.node.render(context)
        return self.said[key]


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """As Django's; what is kept in a variable, noop, within a context or not a constant is left to it."""
    node = do_translate(parser, token)
    said = node.filter_expression
    constant = isinstance(said.var.literal, str) and not said.filters
    if not constant or node.asvar or node.noop or node.message_context:
        return node
    return _Words(node)


@lru_cache(maxsize=512)
def _around(name: str, _prefix: str) -> tuple[str, str] | None:
    """What stands before and after the number in an address that has one; None where it is not written as it is."""
    address = reverse(name, args=[SOME])
    before, found, after = address.partition(str(SOME))
    return (before, after) if found and escape(address) == address else None


class _Address(Node):
    """The address of something by its number."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node, self.name, self.number = node, node.view_name.resolve(Context()), node.args[0]

    def render(self, context: Context) -> str:
        number: Any = self.number.resolve(context)
        around = _around(self.name, get_script_prefix()) if type(number) is int and number >= 0 else None
        return f"{around[0]}{number}{around[1]}" if around else self.node.render(context)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """As Django's; an address with anything but one number in it is left to it."""
    node = django_url(parser, token)
    if node.asvar or node.kwargs or len(node.args) != 1 or node.view_name.is_var:
        return node
    return _Address(node)
