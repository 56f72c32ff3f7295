"""What a web server runs: `gunicorn saferplan.web.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saferplan.web.settings")
application = get_wsgi_application()
