"""Studies: sharing out, assembling, going round, seeing the network; asked, carried out, read again."""
