"""What an operator configures: `sites.toml` as typed `Site` objects, the state folder, and the names of the jobs."""
