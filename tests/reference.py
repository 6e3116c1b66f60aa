"""Writes the generated reference pages: `python -m tests.reference`."""

import os
import sys
from pathlib import Path

import django

import tests.instance

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.conf.settings")
django.setup()

from prasan.conf import reference  # noqa: E402

if __name__ == "__main__":
    assert tests.instance.HOME
    sys.stdout.write("\n".join(reference.write(Path(__file__).parents[1] / "docs")) + "\n")
