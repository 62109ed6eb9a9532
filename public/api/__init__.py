"""What is published, for programs: /api/v1/, for reading only, open to every site, the same for everyone.

Each table (`tables`) says its columns, its filters and its order once; answers, the OpenAPI schema and the page about
it are made of that.
"""
