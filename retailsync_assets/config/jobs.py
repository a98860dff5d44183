"""The names of a site's jobs, and the asset that each is run for."""

from typing import Literal

Job = Literal["active_products", "reset", "applied_reset", "variance", "applied_inventory"]
ENDS_WITH: dict[Job, str] = {
    "active_products": "active_products",
    "reset": "reset_delivery",
    "applied_reset": "applied_reset",
    "variance": "variance_delivery",
    "applied_inventory": "applied_inventory",
}
"""The asset that each job is run for: once it is made, the job has come through."""
