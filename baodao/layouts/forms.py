"""The file of a layout, read before it is kept."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from baodao.documents.form import Form
from baodao.documents.layouts import LARGEST, read_layout
from baodao.documents.placeholders import LayoutFault
from baodao.kernel.errors import Refused
from baodao.ui.wording import worded

NAMED = 20
"""Faults of one layout that are told one by one."""


class LayoutForm(forms.Form):
    """A Word file for papers of one form (`paper`); every place in it that is not understood is
    told with where it is and what was probably meant."""

    file = forms.FileField(
        label=_("Word layout"),
        help_text=_("A Word document (.docx) of at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": _("Choose a file first.")},
    )

    def __init__(self, *args: Any, paper: Form) -> None:
        super().__init__(*args)
        self._paper = paper

    def clean(self) -> dict[str, Any]:
        """The name of the file and what is in it."""
        file: UploadedFile[bytes] | None = (super().clean() or {}).get("file")
        if file is None:
            return {}
        content = file.read(LARGEST + 1)
        try:
            faults = read_layout(content, self._paper).faults
        except Refused as refused:
            self.add_error("file", worded(refused))
            return {}
        for fault in faults[:NAMED]:
            self.add_error(None, fault_words(fault))
        if len(faults) > NAMED:
            self.add_error(None, gettext("and %(count)s more") % {"count": len(faults) - NAMED})
        return {"file_name": file.name or "", "content": content}


def fault_words(fault: LayoutFault) -> str:
    """What is wrong at a place of a layout, and what to write there."""
    words = gettext("In %(place)s: “%(text)s” is no field of this paper.")
    if fault.nearest:
        words += gettext("Do you mean {{ %(nearest)s }}?")
    return words % {"place": fault.place, "text": fault.text, "nearest": fault.nearest}
