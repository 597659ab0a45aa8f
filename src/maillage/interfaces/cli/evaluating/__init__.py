"""Measure on people's own files: does the right label, or the right offer, come first?"""
