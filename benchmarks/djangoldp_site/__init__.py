"""A DjangoLDP site with the rows of a pole: the peer of « load », run by an interpreter that is not ours."""
