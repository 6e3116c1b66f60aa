"""Lets every form of Django and of the sign-in package print itself in our markup."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

WHOLE_FORMS = {f"django/forms/{name}.html" for name in ("p", "div", "table", "ul")}


class Renderer(DjangoTemplates):
    """Finds form templates as pages do; the bare widgets inside them stay Django's own."""

    form_template_name = "web/forms/form.html"
    formset_template_name = "web/forms/formset.html"
    field_template_name = "web/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Give our form for every way of asking for a whole form, else the named template."""
        if template_name in WHOLE_FORMS:
            template_name = self.form_template_name
        try:
            return get_template(template_name)
        except TemplateDoesNotExist:
            return super().get_template(template_name)
