"""The form by which a workbook is handed in."""

from django.utils.translation import gettext_lazy as _

from prasan.web.forms import FileField, Form


class UploadForm(Form):
    """One file."""

    file = FileField(
        label=_("Workbook"),
        help_text=_("A workbook (.xlsx) of at most 20 MB, or one sheet as CSV named after it, such as people.csv."),
    )
