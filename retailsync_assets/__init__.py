"""Every night: Retail Pro's stock file to HotWax, filtered, in order, exact to the unit."""
