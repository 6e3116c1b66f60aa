"""Django database backend on SQLCipher: the whole file, index and write-ahead log included, is encrypted."""
