"""Lets the tests of the land package use land_samples.py."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
