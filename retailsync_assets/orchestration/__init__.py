"""The Dagster definitions: jobs, partitions, schedules, sensors, and the run queue."""
