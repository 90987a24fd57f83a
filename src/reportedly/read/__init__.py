"""Reading: bytes to pages. `read_inputs` runs in the parent, `read_page` in a worker."""

from reportedly.read.inputs import read_inputs
from reportedly.read.pages import page_id, read_page

__all__ = ["page_id", "read_inputs", "read_page"]
