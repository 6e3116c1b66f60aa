"""Draws a discipline's panel with its own context, apart from the page's."""

from typing import Any

from django import template
from django.template.loader import render_to_string

from prasan.web.panel import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def draw(context: Any, panel: Panel) -> str:
    """The fragment of one discipline."""
    return render_to_string(panel.template, panel.context, request=context.get("request"))
