"""What people are told: alerts, and the nightly report's page."""
