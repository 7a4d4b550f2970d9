"""What the program teaches: lessons with checks, the glossary, the tutorial's sections; read from TOML files."""
