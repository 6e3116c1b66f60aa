"""The WSGI entry point that the server loads."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.conf.settings")

from django.core.wsgi import get_wsgi_application

from prasan.conf.checks import refuse_demo_switch

application = get_wsgi_application()
refuse_demo_switch()
