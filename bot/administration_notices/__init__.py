"""What administrators are shown: values in, HTML and buttons out."""
