"""The one application of the peer: what a pole publishes, as DjangoLDP models."""
