"""Histories carried in and out."""
