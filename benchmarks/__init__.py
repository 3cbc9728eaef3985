"""Measurements, run by hand with `make bench`: the product beside the bare libraries that it stands on, in one run."""
