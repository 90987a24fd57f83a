"""Trains, exports and scores the attribution model. Never imported by the package; needs extra `train`."""
