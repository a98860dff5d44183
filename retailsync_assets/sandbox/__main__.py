"""`python -m retailsync_assets.sandbox`."""

import sys

from retailsync_assets.sandbox.program import main

sys.exit(main())
