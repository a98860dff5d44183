"""Dagster's side of it: definitions, jobs, partitions, schedules, sensors, and the queue of runs."""
