"""What people answer to a draft plan, read without a site: documents, points, places."""
