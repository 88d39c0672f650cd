"""Printed pages to `Sheet`: digital PDF and scans, by one layout."""
