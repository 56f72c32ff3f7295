"""What a web server runs: `gunicorn --preload saferplan.web.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from saferplan.web.core.ready import make_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saferplan.web.settings")
application = get_wsgi_application()
# What everybody sends in the last minutes of a consultation. Loaded before the server
# divides into its workers, one that dies is replaced at once.
make_ready(["consultations/whole.html", "consultations/receipt.html"])
