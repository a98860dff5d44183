"""Partitions: one for each business date of a site."""

import dagster as dg

from retailsync_assets.config.loader import Site


def nights(site: Site) -> dg.DailyPartitionsDefinition:
    """One partition a business date; the newest is this moment's, which begins at the cut-off of the day before."""
    cut_off = site.at("cut_off")
    return dg.DailyPartitionsDefinition(
        start_date=site.schedule.first_night,
        timezone=site.time_zone,
        hour_offset=cut_off.hour,
        minute_offset=cut_off.minute,
        end_offset=2,
    )
