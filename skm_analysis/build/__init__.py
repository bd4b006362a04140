"""How it is run: notebooks, engine, staging, manifest, publishing."""
