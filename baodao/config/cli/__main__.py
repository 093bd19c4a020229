"""`python -m baodao.config.cli`, the same as `baodao`."""

import sys

from baodao.config.cli import main

sys.exit(main())
