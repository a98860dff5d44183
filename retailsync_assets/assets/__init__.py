"""The assets, one file each, in the order of the data; `checks` holds their asset checks."""
