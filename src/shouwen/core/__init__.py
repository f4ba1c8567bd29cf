"""Pure decisions: no framework, files, network, clock or chance."""
