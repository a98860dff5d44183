"""Retail Pro's acknowledgements of shipped lines."""

from datetime import date

import dagster as dg

from retailsync_assets.assets.metadata import materialized, sftp_link
from retailsync_assets.assets.nightly_step import nightly_step
from retailsync_assets.resources.lake import Lake
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.variance.response_files import Responses, read_responses


@dg.asset(group_name="variance", kinds={"sftp", "parquet"}, output_required=False)
@nightly_step
def pos_acknowledgements(
    context: dg.AssetExecutionContext, lake: dg.ResourceParam[Lake], resources: dg.ResourceParam[SiteResources]
) -> dg.MaterializeResult[None]:
    """One row per invoice or slip that Retail Pro accepted, from its response files.

    Columns: `order_id`, `order_item_seq_id`, `shipment_id` (null: everything the line had shipped from that store by
    then), `kind`, `store_code`, `accepted_at` (UTC), `document_no`, `file_name`. The table is empty if the site reads
    acknowledgements from HotWax's fulfillment history. Source: `*.csv` in the site's response folder.
    """
    on = date.fromisoformat(context.partition_key)
    with lake.get_connection() as duck:
        settings = resources.site.retail_pro
        responses = settings.acknowledgements.source == "responses"
        found = read_responses(resources) if responses else Responses()
        lake.load(duck, "responses", "pos_acknowledgements", found.rows)
        lake.write_table(duck.table("responses"), on, "pos_acknowledgements")
    return materialized(
        lake,
        resources,
        "pos_acknowledgements",
        on,
        source=settings.acknowledgements.source,
        unreadable=len(found.unreadable_rows),
        first_unreadable=found.unreadable_rows[0] if found.unreadable_rows else "none",
        files_left_aside="; ".join(found.unreadable_files) or "none",
        also={"sftp": sftp_link(settings.sftp, settings.acknowledgements.folder)} if responses else {},
    )
