"""`python -m saferplan.web COMMAND`: what a person does to the site from a terminal."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saferplan.web.settings")
execute_from_command_line(["python -m saferplan.web", *sys.argv[1:]])
