"""What the pipeline costs, beside what others cost for the same: `make bench`."""
