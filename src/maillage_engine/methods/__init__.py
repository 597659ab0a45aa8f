"""Methods: a problem in, a result out, with the seed as an argument."""
