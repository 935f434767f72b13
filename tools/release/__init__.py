"""What a release is made of: distributions, plugin archives, SDKs, their checksums and what is in them."""
