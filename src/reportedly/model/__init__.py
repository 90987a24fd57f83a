"""The shipped model: its files, its labels and what both the encoder and the decoder must agree on."""
