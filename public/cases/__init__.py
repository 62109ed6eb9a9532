"""Decisions, public reports and service improvements as tables for programs: what their columns are, and their rows.

Interfaces and files for programs are made of these, so that they cannot differ.
"""
