"""What administrators are shown in Telegram: values in, messages out."""
