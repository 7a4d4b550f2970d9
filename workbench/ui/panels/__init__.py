"""One file per panel; a panel never imports another panel."""
