"""Journal lines of one page, told in words."""

from typing import Any

from django import template

from ..queries import told as _told

register = template.Library()


@register.simple_tag
def told(page: Any) -> list[dict[str, Any]]:
    """The lines of this page with the colleague's name, the act in words and how it ended."""
    return _told(list(page))
