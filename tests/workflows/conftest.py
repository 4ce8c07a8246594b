"""Helpers of these tests are plain modules beside them; the import mode of the suite does not look there by itself."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
