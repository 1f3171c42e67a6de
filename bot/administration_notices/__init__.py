"""What administrators are shown of documents, updates and versions: values in, HTML and buttons out."""
