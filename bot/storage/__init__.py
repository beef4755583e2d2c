"""Tables, repositories, migrations. Nothing outside this room writes SQL."""
