"""Back-office: Django admin for the support staff, no rule of its own."""
