"""The WSGI entry point that the server loads; beside the first answers it builds the name index and keeps the forms."""

import os
import threading
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.conf.settings")

from django.core.wsgi import get_wsgi_application

from prasan.conf.checks import refuse_demo_switch

application = get_wsgi_application()
refuse_demo_switch()

from prasan.identification.actions.field import keep_forms  # noqa: E402 (models can be loaded from here on)
from prasan.people.queries import warm_index  # noqa: E402


def _warm(at: datetime) -> None:
    """The name index, and the forms that phones are handed from now on, kept as they are."""
    keep_forms(at)
    warm_index(at)


threading.Thread(target=_warm, args=(datetime.now(UTC),), name="prasan-names", daemon=True).start()
