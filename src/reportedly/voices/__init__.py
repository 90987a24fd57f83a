"""Who speaks: the voice behind each attribution's source, and the outlets on the way to it."""
