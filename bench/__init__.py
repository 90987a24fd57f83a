"""Quality floors and speed, as tables with the command that made them."""

import os

# as the program does for itself: before numpy is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
