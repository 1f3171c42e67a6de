"""The surroundings of all tests, set before any library is loaded."""

from __future__ import annotations

import os

os.environ["HF_HUB_OFFLINE"] = "1"  # no test asks the network for a model
os.environ.setdefault("OMP_NUM_THREADS", "1")  # tests run side by side: more threads each only wait for one another
