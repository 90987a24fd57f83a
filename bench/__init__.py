"""Quality floors and speed, as tables with the command that made them."""
