"""Agreements as people write them: templates, documents, signatures, amendments, terms that end."""
