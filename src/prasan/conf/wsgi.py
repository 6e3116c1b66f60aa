"""The WSGI entry point that the server loads; it begins to build the name index beside the first answers."""

import os
import threading
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.conf.settings")

from django.core.wsgi import get_wsgi_application

from prasan.conf.checks import refuse_demo_switch

application = get_wsgi_application()
refuse_demo_switch()

from prasan.people.queries import warm_index  # noqa: E402 (models can be loaded from here on)

threading.Thread(target=warm_index, args=(datetime.now(UTC),), name="prasan-names", daemon=True).start()
