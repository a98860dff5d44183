"""The night's assets, a file each, in the data's order: raw → active → filtered → delivered → applied → corrected."""
