"""Data sets of the user's own, from files: tables, folders of images, arrays, IDX files."""
