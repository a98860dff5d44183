"""What HotWax has shipped and Retail Pro has not recorded, as units to deduct."""
