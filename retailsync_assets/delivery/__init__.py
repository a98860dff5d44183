"""Files for HotWax: formats, outbox, publishing exactly once, and the confirmation that HotWax has imported them."""
