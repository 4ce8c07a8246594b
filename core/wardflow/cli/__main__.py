"""`python -m wardflow.cli`, the way `wardflow serve` starts its worker."""

from __future__ import annotations

import sys

from wardflow.cli import main

sys.exit(main())
