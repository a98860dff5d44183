"""The night's assets, one file each, in the order of the data: raw → active → filtered → delivered → applied → corrected."""
