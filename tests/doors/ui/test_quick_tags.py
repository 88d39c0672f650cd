"""The quick `translate` and `url` (doors/ui/templatetags/quick.py) write what Django's write."""

from __future__ import annotations

import pytest
from django.template import Context, Engine
from django.urls import NoReverseMatch, set_script_prefix
from django.utils.translation import override

DJANGO = ["django.templatetags.i18n"]
OURS = [*DJANGO, "tiendo.doors.ui.templatetags.quick"]


def written(source: str, builtins: list[str], **context: object) -> str:
    return Engine(builtins=builtins).from_string(source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{% translate 'Nhiệm vụ' %}",
        "{% translate 'Nhiệm vụ' as word %}[{{ word }}]",
        "{% translate 'Nhiệm vụ' noop %}",
        "{% translate said %}",
        "{% translate 'Nhiệm vụ'|upper %}",
        "{% translate '<b> & 100%' %}",
        "{% autoescape off %}{% translate '<b> & 100%' %}{% endautoescape %}",
        "{% translate 'Nhiệm vụ' context 'khác' %}",
    ],
)
def test_the_words_are_the_same_in_every_language(source):
    ours = Engine(builtins=OURS).from_string(source)
    for language in ("vi", "en", "vi"):  # what was kept for one is not said to the next
        with override(language):
            assert ours.render(Context({"said": "Chủ trì"})) == written(source, DJANGO, said="Chủ trì")


def test_words_are_looked_up_once_for_each_language():
    template = Engine(builtins=OURS).from_string("{% translate 'Chủ trì' %}")
    said = []
    for language in ("vi", "en"):
        with override(language):
            said.append(template.render(Context()))
    assert said[0] == "Chủ trì" != said[1]


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("{% url 'desk:task' n %}", 7),
        ("{% url 'desk:task' n %}", 0),
        ("{% url 'desk:task' n %}", "12"),
        ("{% url 'desk:task' n as there %}<{{ there }}>", 7),
        ("{% url 'desk:nowhere' n as there %}<{{ there }}>", 7),
        ("{% url 'desk:programmes' %}", 7),
        ("{% url name n %}", 7),
        ("{% url 'desk:row' n n %}", 7),
        ("{% url 'desk:task' pk=n %}", 7),
    ],
)
def test_addresses_are_the_same(source, number):
    assert written(source, OURS, n=number, name="desk:body") == written(source, DJANGO, n=number, name="desk:body")


@pytest.mark.parametrize("number", [-3, "", None, True, "a/b", 1.5])
def test_what_has_no_address_has_none_here_either(number):
    with pytest.raises(NoReverseMatch):
        written("{% url 'desk:task' n %}", DJANGO, n=number)
    with pytest.raises(NoReverseMatch):
        written("{% url 'desk:task' n %}", OURS, n=number)


def test_an_unknown_name_is_said():
    with pytest.raises(NoReverseMatch):
        written("{% url 'desk:nowhere' n %}", OURS, n=1)


def test_below_a_prefix_addresses_lie_below_it():
    try:
        at_root = written("{% url 'desk:task' n %}", OURS, n=4)
        set_script_prefix("/phong/")
        assert written("{% url 'desk:task' n %}", OURS, n=4) == f"/phong{at_root}"
    finally:
        set_script_prefix("/")
