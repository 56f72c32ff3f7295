"""
A believable borough that does not exist, in the publishers' own formats.

What is planted in it is known, so tests can ask whether it is found.
"""

from saferplan.synthetic.borough import SEED, write_borough
from saferplan.synthetic.street_files import street_files
from saferplan.synthetic.truths import Truths

__all__ = ["SEED", "Truths", "street_files", "write_borough"]
