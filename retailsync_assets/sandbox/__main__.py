"""`python -m retailsync_assets.sandbox`."""

import sys

from retailsync_assets.sandbox.server import main

sys.exit(main())
