"""The bundler where it is not at home: in a function, a container or a workflow. See README.md."""
