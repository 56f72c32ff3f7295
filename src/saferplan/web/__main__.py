"""`python -m saferplan.web COMMAND`: what a person does to the site from a terminal."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from saferplan.web.demonstration import write_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saferplan.web.settings")
if sys.argv[1:2] == ["serve_demo"]:
    write_settings(Path(".env"))
execute_from_command_line(["python -m saferplan.web", *sys.argv[1:]])
