"""What goes on inside the network, layer by layer."""
