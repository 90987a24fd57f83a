"""Half two: same claims, derivations and independent origins across stories. `plan` knows the order."""
